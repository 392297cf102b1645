"""Addresses of partners that are no pages, each below a language."""

from django.urls import path

from .applications import views
from .contact import contact
from .freshness.views import confirm

urlpatterns = [
    path("partner/<page_number:number>/contact/", contact, name="partner_contact"),
    path("confirm-profile/<str:token>/", confirm, name="partner_confirm"),
    path("apply/", views.choose, name="join"),
    path("apply/sent/", views.sent, name="join_sent"),
    path("apply/<slug:partner_class>/", views.apply, name="join_as"),
    path("application/<str:token>/", views.follow, name="application"),
    path("invitation/<str:token>/", views.accept, name="invitation"),
]
