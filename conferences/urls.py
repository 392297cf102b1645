"""The addresses of conferences that are no pages, each below a language."""

from django.urls import path

from .calendar import views as calendar
from .contributions import views as contributions
from .registration import views as registration

urlpatterns = [
    path("conferences.ics", calendar.all_conferences, name="conferences_ics"),
    path(
        "conference/<page_number:number>/calendar.ics", calendar.conference, name="conference_ics"
    ),
    path(
        "conference/<page_number:number>/programme.ics",
        calendar.programme,
        name="conference_programme_ics",
    ),
    path(
        "conference/<page_number:number>/session/<slug:ref>.ics",
        calendar.session,
        name="conference_session_ics",
    ),
    path("conference/<page_number:number>/my-programme/", calendar.picks, name="conference_picks"),
    path(
        "conference/<page_number:number>/my-programme.ics",
        calendar.picks_ics,
        name="conference_picks_ics",
    ),
    path(
        "conference/<page_number:number>/register/",
        registration.register,
        name="conference_register",
    ),
    path(
        "conference/<page_number:number>/registered/",
        registration.registered,
        name="conference_registered",
    ),
    path("registration/<str:token>/", registration.manage, name="registration"),
    path(
        "conference/<page_number:number>/contribute/",
        contributions.contribute,
        name="conference_contribute",
    ),
    path(
        "conference/<page_number:number>/contributed/",
        contributions.contributed,
        name="conference_contributed",
    ),
]
