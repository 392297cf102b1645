"""allauth's forms, which also count wrong codes as wrong passwords and read any input."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WRONG = "incorrect_code"  # allauth's name for an answer that proves nothing
LONGEST_CODE = 20
LONGEST_NAME = 100


class LockedForm(forms.Form):
    """A form whose user may be locked out for too many wrong passwords and codes (django-axes)."""

    user: AbstractBaseUser

    def refuse_locked(self) -> None:
        """Refuse somebody who is locked out; the middleware of axes says so on a page."""
        credentials = {"username": self.user.get_username()}
        if not AxesProxyHandler.is_allowed(context.request, credentials):
            context.request.axes_locked_out = True
            context.request.axes_credentials = credentials
            raise ValidationError(_("Too many wrong codes."))


class WithCode(LockedForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Code")
        field.max_length = LONGEST_CODE
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        field.widget = forms.TextInput(attrs=attributes)

    def clean_code(self) -> str:
        self.refuse_locked()
        if len(self.cleaned_data["code"]) > LONGEST_CODE:
            raise ValidationError(_("This code is too long."))
        code: str = super().clean_code()
        return code


class CodeForm(WithCode, AuthenticateForm):
    pass


class FreshCodeForm(WithCode, ReauthenticateForm):
    pass


class ActivateForm(WithCode, ActivateTOTPForm):
    pass


class WithPasskey(LockedForm):
    """A form that takes what a browser says of a passkey, and refuses anything else in words.

    What is refused counts as a wrong code does, of which allauth tells by a signal.
    """

    def clean_credential(self) -> Any:
        self.refuse_locked()
        try:
            return super().clean_credential()
        except ValidationError as error:
            if error.code == WRONG:
                self.count()
            raise
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            self.count()
            raise ValidationError(_("This passkey was not recognised. Try again.")) from error

    def count(self) -> None:
        authentication_failed.send(
            sender=Authenticator,
            request=context.request,
            user=self.user,
            authenticator=None,
            reauthentication=self.reauthenticated,
        )


class PasskeyForm(WithPasskey, AuthenticateWebAuthnForm):
    pass


class FreshPasskeyForm(WithPasskey, ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise ValidationError(_("This passkey was not recognised. Try again.")) from error
        return cleaned


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args: object, instance: Authenticator, **kwargs: object) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["name"] = name_field()


def name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Name of the passkey"),
        max_length=LONGEST_NAME,
        help_text=_("So that you know it again, such as “My phone”."),
    )
