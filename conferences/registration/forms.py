"""The forms of a registration.

They ask what every conference needs, and the questions that its editor chose.
"""

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conferences.models import ConferencePage, Question
from conferences.programme import Programme
from ecca_site.i18n.dates import localized_date, localized_time
from ecca_site.intake.submissions import PublicForm


def line(
    label: str | Promise, max_length: int, autocomplete: str, *, required: bool = True
) -> forms.CharField:
    """Return a field of one line that a browser can fill in."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        required=required,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
    )


def short_answer(question: Question) -> forms.CharField:
    """Return a field of two lines for a question that nobody has to answer."""
    return forms.CharField(
        label=question.label,
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ChangeForm(PublicForm):
    """The part of a registration that can be changed as long as the conference is not over."""

    name = line(_("Name"), 120, "name")
    organisation = line(_("Organisation"), 160, "organization", required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *args: object,
        conference: ConferencePage,
        programme: Programme | None = None,
        **kwargs: object,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.conference = conference
        asked = set(conference.questions)
        if Question.DIETARY in asked:
            self.fields["dietary"] = short_answer(Question.DIETARY)
        if Question.ACCESSIBILITY in asked:
            self.fields["accessibility"] = short_answer(Question.ACCESSIBILITY)
        choices = session_choices(programme) if programme is not None else []
        if Question.SESSIONS in asked and choices:
            self.fields["sessions"] = forms.MultipleChoiceField(
                label=Question.SESSIONS.label,
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean_sessions(self) -> str:
        """Return the references as the model keeps them: "|a|b|"."""
        refs = self.cleaned_data["sessions"]
        if not refs:
            return ""
        return f"|{'|'.join(refs)}|"

    @property
    def answers(self) -> dict[str, str]:
        """The answers by the fields of ``Registration``, without what only protects the form."""
        hidden = {"stamp", "fax", "consent"}
        return {name: value for name, value in self.cleaned_data.items() if name not in hidden}


class RegistrationForm(ChangeForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The confirmation goes there, with a link to change or cancel."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(label=_("I agree"))
    field_order = ["name", "email", "organisation"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"] = self.fields.pop("consent")  # last

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


def session_choices(programme: Programme) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the sessions that may be chosen, with their references, by day.

    Breaks and cancelled sessions are nothing to register for.
    """
    days = []
    for day in programme.days:
        sessions = [
            (session.ref, f"{localized_time(session.start)} {session.title}")
            for session in day.sessions
            if not (session.is_break or session.is_cancelled)
        ]
        if sessions:
            days.append((localized_date(day.date), sessions))
    return days
