"""The forms of joining.

Each class of partner is asked for fields of its profile, and for the consent.
"""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from ecca_site.intake.submissions import PublicForm
from partners.models import PartnerClass, PartnerPage
from partners.models.members import MEMBERS
from partners.page_form import CHECKS

CONSENT_VERSION = "2026-11"
CONSENT = _(
    "I agree that ECCA keeps these details to decide on the application, and publishes them once "
    "it is approved."
)
EVERYBODY = ("legal_name", "country", "website", "mailbox", "offers")
QUESTIONS: dict[Any, tuple[str, ...]] = {
    PartnerClass.PARTNER: (*EVERYBODY, "seeks", "themes", *MEMBERS),
    PartnerClass.SUPPORTING: EVERYBODY,
    PartnerClass.ASSOCIATED: (*EVERYBODY, "seeks", "themes"),
}
NEEDED = set(EVERYBODY)
LONGEST_TEXT = 3000  # characters
LONGEST_MAILBOX = 150  # characters, as many as a user name may have


def _field_of(field: models.Field) -> forms.Field:
    if isinstance(field, models.URLField):
        return field.formfield(assume_scheme="https")
    return field.formfield()


class ApplicationForm(PublicForm):
    def __init__(self, *args: object, partner_class: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        names = QUESTIONS[partner_class]
        fields = fields_for_model(PartnerPage, names, formfield_callback=_field_of)
        for name in names:
            field = fields[name]
            field.required = name in NEEDED
            if isinstance(field.widget, forms.Textarea):
                field.max_length = LONGEST_TEXT
                field.validators.append(MaxLengthValidator(LONGEST_TEXT))
            if name in CHECKS:
                # The profile would be refused for the same later.
                field.validators.append(CHECKS[name])
            if name in MEMBERS:
                field.help_text = _("How many of them are your members.")
            self.fields[name] = field
        self.fields["mailbox"].validators.append(MaxLengthValidator(LONGEST_MAILBOX))
        self.fields["consent"] = forms.BooleanField(label=CONSENT)

    def clean_mailbox(self) -> str:
        return self.cleaned_data["mailbox"].lower()

    @property
    def answers(self) -> dict[str, Any]:
        """The answers by the names of the fields of an application."""
        others = ("stamp", "fax", "consent")
        return {name: value for name, value in self.cleaned_data.items() if name not in others}


class AnswerForm(PublicForm):
    text = forms.CharField(
        label=_("Your answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )


class DecisionForm(forms.Form):
    text = forms.CharField(
        label=_("Message to the applicant"), max_length=5000, widget=forms.Textarea
    )


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=150)

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class AccountForm(PublicForm):
    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, email: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        password = cleaned.get("password")
        if not password:
            return cleaned
        user = get_user_model()(
            username=self.email,
            email=self.email,
            first_name=cleaned.get("first_name", ""),
            last_name=cleaned.get("last_name", ""),
        )
        try:
            validate_password(password, user)
        except ValidationError as error:
            self.add_error("password", error)
        return cleaned
