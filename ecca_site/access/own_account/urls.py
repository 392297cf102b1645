"""Signing in and one's own account, in the place of Wagtail's views of the CMS."""

from allauth.account.views import reauthenticate
from allauth.mfa.totp.views import deactivate_totp
from allauth.mfa.webauthn.views import edit_webauthn, remove_webauthn
from django.urls import include, path, reverse_lazy
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from . import address, views

in_set_up = RedirectView.as_view(url=reverse_lazy("mfa_index"))
sign_in = views.SignInView.as_view()
account = require_admin_access(views.AccountView.as_view())
reset = require_admin_access(views.ResetView.as_view())

urlpatterns = [
    path("login/", sign_in, name="wagtailadmin_login"),
    path("login/", sign_in, name="account_login"),  # allauth's name for it
    path("account/", account, name="wagtailadmin_account"),
    path(
        "account/address/<str:token>/",
        require_admin_access(address.confirm_view),
        name="account_address",
    ),
    path("account/sessions/<slug:name>/end/", views.end_session, name="session_end"),
    path("second-factor/password/", reauthenticate, name="account_reauthenticate"),
    path("second-factor/", views.SetUpView.as_view(), name="mfa_index"),
    path("second-factor/authenticate/", views.SecondFactorView.as_view(), name="mfa_authenticate"),
    path("second-factor/reauthenticate/", views.FreshView.as_view(), name="mfa_reauthenticate"),
    path(
        "second-factor/webauthn/reauthenticate/",
        views.FreshPasskeyView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("second-factor/webauthn/add/", views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path(
        "second-factor/webauthn/keys/<int:pk>/remove/",
        views.or_gone(remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-factor/webauthn/keys/<int:pk>/edit/",
        views.or_gone(edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "second-factor/totp/deactivate/",
        views.or_gone(deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path("second-factor/webauthn/", in_set_up, name="mfa_list_webauthn"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("users/<str:pk>/second-factor/", reset, name="second_factor_reset"),
]
