"""Signing in by a password and a second factor, and what people set up for it.

allauth's views keep the steps; the templates are in the look of the CMS.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as AllauthReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from django.views.generic.base import ContextMixin
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView as WagtailAccountView
from wagtail.admin.views.account import LoginView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from ecca_site.intake.decisions import TooLate
from ecca_site.users.models import SignIn, User
from ecca_site.users.second_factor.adapters import passkeys_work
from ecca_site.users.second_factor.forms import FreshPasskeyForm
from ecca_site.users.second_factor.signals import reset
from ecca_site.users.second_factor.state import has_second_factor
from ecca_site.users.sessions import public_name

from .panels import NamePanel

View = Callable[..., HttpResponse]


class SignInView(LoginView):
    """Wagtail's view, after which allauth asks whoever has a second factor for it."""

    def form_valid(self, form: Form) -> HttpResponse:
        seconds = settings.SESSION_COOKIE_AGE if form.cleaned_data.get("remember") else 0
        self.request.session.set_expiry(seconds)
        sign_in = Login(user=form.get_user(), redirect_url=self.get_success_url())
        return perform_password_login(self.request, form.cleaned_data, sign_in)


class WithPasskeys(ContextMixin):
    """A page that offers passkeys where the browser would allow them."""

    request: HttpRequest

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["passkeys_work"] = passkeys_work(self.request)
        return context


@method_decorator(never_cache, name="dispatch")
class SecondFactorView(WithPasskeys, AuthenticateView):
    """The second step of signing in."""

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        types = set(
            Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True)
        )
        context["has_passkey"] = Authenticator.Type.WEBAUTHN in types
        context["has_app"] = Authenticator.Type.TOTP in types
        return context


class FreshView(WithPasskeys, AllauthReauthenticateView):
    """The page that asks again for a second factor, before something that matters."""

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        keys = Authenticator.objects.filter(
            user=self.request.user, type=Authenticator.Type.WEBAUTHN
        )
        context["has_passkey"] = keys.exists()
        if context["has_passkey"]:
            context["webauthn_form"] = FreshPasskeyForm(user=self.request.user)
            options = begin_authentication(self.request.user)
            context["js_data"] = {"request_options": options}
        return context


class FreshPasskeyView(ReauthenticateWebAuthnView):
    """Takes the answer of a passkey; what it asks stands on the page of ``FreshView``."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return redirect(self.passthrough_next_url(reverse("mfa_reauthenticate")))

    def form_invalid(self, form: Form) -> HttpResponse:
        for error in form.errors.get("credential", []):
            messages.error(self.request, error)
        return redirect(self.passthrough_next_url(reverse("mfa_reauthenticate")))


class AddPasskeyView(WithPasskeys, AddWebAuthnView):
    pass


class SetUpView(WithPasskeys, IndexView):
    """What somebody has set up beside the password."""


@method_decorator(sensitive_post_parameters(), name="post")
class AccountView(WagtailAccountView):
    """Wagtail's view, which asks for the password before a name or an address changes."""

    template_name = "access/account.html"

    def get_panels(self) -> list[Any]:
        return self.panels

    @cached_property
    def panels(self) -> list[Any]:
        panels = super().get_panels()
        profile = UserProfile.get_for_user(self.request.user)
        kept = [panel for panel in panels if panel.name != NamePanel.name]
        return [NamePanel(self.request, self.request.user, profile), *kept]


def or_gone(view: View) -> View:
    """Let a view of a second factor say that this is gone, as by another tab.

    allauth answers a bare 404, as to an address that never was.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404 as error:
            way_on = (reverse("mfa_index"), _("Second factor"))
            raise TooLate(_("This second factor is gone already."), way_on) from error

    return wrapped


@require_admin_access
def end_session(request: HttpRequest, name: str) -> HttpResponse:
    """End one of one's own sessions, by its public name."""
    if request.method == "POST":
        for row in SignIn.objects.filter(user=request.user):
            if public_name(row.session_key) == name:
                row.delete()
        messages.success(request, _("The session has ended."))
    return redirect(reverse("wagtailadmin_account") + "#tab-profile")


class ResetView(WagtailAdminTemplateMixin, TemplateView):
    """Takes away somebody's second factor who has lost it; the gate opens it to administrators."""

    template_name = "access/reset_second_factor.html"
    header_icon = "key"

    def setup(self, request: HttpRequest, *args: object, pk: str, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(User, pk=pk)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.person.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Reset the second factor")

    def get_page_subtitle(self) -> str:
        return str(self.person)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("wagtailusers_users:index"), "label": _("Users")},
            {
                "url": reverse("wagtailusers_users:edit", args=[self.person.pk]),
                "label": str(self.person),
            },
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs, person=self.person, has_second_factor=has_second_factor(self.person)
        )

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        if reset(self.person):
            log(self.person, "users.second_factor_reset", user=request.user)
            text = _("The second factor of %(name)s is gone, and their sessions have ended.")
            messages.success(request, text % {"name": self.person})
        else:
            messages.warning(request, _("There was no second factor."))
        return redirect("wagtailusers_users:edit", self.person.pk)
