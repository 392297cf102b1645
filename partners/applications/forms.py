"""What each class of partner is asked: the fields of its profile, and the consent."""

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from ecca_site.core.submissions import PublicForm
from partners.models import PartnerClass, PartnerPage
from partners.page_form import CHECKS

CONSENT_VERSION = "2026-11"
CONSENT = _(
    "I agree that ECCA keeps these details to decide on the application, and publishes them once it is approved."
)
EVERYBODY = ("legal_name", "country", "website", "mailbox", "offers")
MEMBERS = ("members_sme", "members_large", "members_research", "members_public")
QUESTIONS = {
    PartnerClass.PARTNER: (*EVERYBODY, "seeks", "themes", *MEMBERS),
    PartnerClass.SUPPORTING: EVERYBODY,
    PartnerClass.ASSOCIATED: (*EVERYBODY, "seeks", "themes"),
}
NEEDED = {"legal_name", "country", "website", "mailbox", "offers"}


def _field_of(field):
    return field.formfield(**({"assume_scheme": "https"} if isinstance(field, models.URLField) else {}))


class ApplicationForm(PublicForm):
    def __init__(self, *args, partner_class, **kwargs):
        super().__init__(*args, **kwargs)
        names = QUESTIONS[partner_class]
        fields = fields_for_model(PartnerPage, names, formfield_callback=_field_of)
        for name in names:
            field = self.fields[name] = fields[name]
            field.required = name in NEEDED
            if isinstance(field.widget, forms.Textarea):
                field.max_length = 3000
                field.validators.append(forms.CharField(max_length=3000).validators[0])
            if name in CHECKS:  # what the profile would be refused for later
                field.validators.append(CHECKS[name])
            if name in MEMBERS:
                field.help_text = _("How many of them are your members.")
        self.fields["mailbox"].validators.append(forms.CharField(max_length=150).validators[0])
        self.fields["consent"] = forms.BooleanField(label=CONSENT)

    def clean_mailbox(self):
        return self.cleaned_data["mailbox"].lower()

    @property
    def answers(self):
        return {name: value for name, value in self.cleaned_data.items() if name not in ("stamp", "fax", "consent")}


class AnswerForm(PublicForm):
    text = forms.CharField(label=_("Your answer"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))


class DecisionForm(forms.Form):
    text = forms.CharField(label=_("Message to the applicant"), max_length=5000, widget=forms.Textarea)


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=150)

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class AccountForm(PublicForm):
    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    password = forms.CharField(
        label=_("Password"), max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self):
        cleaned = super().clean()
        if password := cleaned.get("password"):
            user = get_user_model()(
                username=self.email, email=self.email,
                first_name=cleaned.get("first_name", ""), last_name=cleaned.get("last_name", ""),
            )  # fmt: skip
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
