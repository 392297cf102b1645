"""What people see of themselves on the page "Account"."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import BaseSettingsPanel, NameEmailSettingsPanel

from ecca_site.i18n.dates import localized_date, localized_time
from ecca_site.intake.limits import refusal
from ecca_site.users.devices import in_words
from ecca_site.users.models import SignIn, User
from ecca_site.users.second_factor.state import has_second_factor
from ecca_site.users.sessions import public_name

from . import address


class NameForm(NameEmailForm):
    """Wagtail's form, which asks for the password: whoever changes an address owns the account."""

    current_password = forms.CharField(
        label=_("Current password"),
        required=False,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Needed to change your name or e-mail address."),
    )

    def __init__(self, *args: object, request: HttpRequest, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.username = self.instance.get_username()
        self.old_address = self.instance.email

    def clean_email(self) -> str:
        """Refuse the address of somebody else, who would get the mails of this account."""
        email: str = self.cleaned_data["email"]
        if "email" in self.changed_data and address.is_taken(email, self.instance):
            raise ValidationError(address.TAKEN)
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if set(self.changed_data) - {"current_password"}:
            self.check_password(cleaned.get("current_password", ""))
        if "email" in self.changed_data and not self.errors:
            reason = refusal(self.request, "address change", cleaned["email"])
            if reason:
                self.add_error("email", ValidationError(reason))
        return cleaned

    def save(self, commit: bool = True) -> User:
        """Save the name; another address counts once it is confirmed."""
        new_address = self.instance.email
        self.instance.email = self.old_address
        user: User = super().save(commit)
        if "email" in self.changed_data:
            address.ask(user, new_address)
            text = gettext("We have mailed a link to %(address)s. Open it, and the address counts.")
            messages.info(self.request, text % {"address": new_address})
        return user

    def check_password(self, password: str) -> None:
        """Refuse a wrong password beside its field; wrong ones count as at the sign-in."""
        if not password:
            error = _("Type your password to change your name or e-mail address.")
            self.add_error("current_password", ValidationError(error))
        elif authenticate(self.request, username=self.username, password=password) is None:
            error = _("This is not your password.")
            self.add_error("current_password", ValidationError(error))


class NamePanel(NameEmailSettingsPanel):
    """Wagtail's panel with our form, which is asked once: a wrong password counts once."""

    def get_form(self) -> NameForm:
        return self.form

    @cached_property
    def form(self) -> NameForm:
        data = self.request.POST if self.request.method == "POST" else None
        return NameForm(data, instance=self.user, prefix=self.name, request=self.request)


class ReadOnlyPanel(BaseSettingsPanel):
    """A panel with buttons of its own, whose form has no fields."""

    form_class = forms.Form

    def get_form(self) -> forms.Form:
        return forms.Form()


class SecondFactorPanel(ReadOnlyPanel):
    name = "second_factor"
    title = _("Second factor")
    order = 510
    template_name = "access/second_factor_panel.html"

    def get_context_data(self) -> dict[str, Any]:
        return {"has_second_factor": has_second_factor(self.user)}


class SessionsPanel(ReadOnlyPanel):
    name = "sessions"
    title = _("Where you are signed in")
    order = 520
    template_name = "access/sessions_panel.html"

    def get_context_data(self) -> dict[str, Any]:
        rows = SignIn.objects.filter(user=self.user, expire_date__gt=timezone.now())
        own_key = self.request.session.session_key
        sessions = []
        for row in rows.order_by("-last_used_at", "session_key"):
            sessions.append(
                {
                    "name": public_name(row.session_key),
                    "device": in_words(row.device),
                    "started_at": moment(row.started_at),
                    "last_used_at": moment(row.last_used_at),
                    "is_this": row.session_key == own_key,
                }
            )
        return {"sessions": sessions}


def moment(value: datetime | None) -> str:
    """Return a moment as the reader writes it."""
    if value is None:
        return "–"
    value = timezone.localtime(value)
    return f"{localized_date(value)}, {localized_time(value)}"
