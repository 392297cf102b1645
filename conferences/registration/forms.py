"""What a registration asks: what every conference needs, and the questions that its editor chose."""

from django import forms
from django.utils.translation import gettext_lazy as _

from conferences.models import Question
from ecca_site.core.dates import localized_date, localized_time
from ecca_site.core.submissions import PublicForm


def line(label, max_length, autocomplete="", **kwargs):
    widget = forms.TextInput(attrs={"autocomplete": autocomplete} if autocomplete else {})
    return forms.CharField(label=label, max_length=max_length, widget=widget, **kwargs)


class ChangeForm(PublicForm):
    """What can be changed as long as the conference has not begun."""

    name = line(_("Name"), 120, "name")
    organisation = line(_("Organisation"), 160, "organization", required=False)

    def __init__(self, data=None, *args, conference, programme=None, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.conference = conference
        asked = set(conference.questions)
        if Question.DIETARY in asked:
            self.fields["dietary"] = forms.CharField(
                label=Question.DIETARY.label, max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
        if Question.ACCESSIBILITY in asked:
            self.fields["accessibility"] = forms.CharField(
                label=Question.ACCESSIBILITY.label,
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        if Question.SESSIONS in asked and programme is not None:
            choices = session_choices(programme)
            if choices:
                self.fields["sessions"] = forms.MultipleChoiceField(
                    label=Question.SESSIONS.label,
                    choices=choices,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )

    def clean_sessions(self):
        refs = self.cleaned_data["sessions"]
        return f"|{'|'.join(refs)}|" if refs else ""

    @property
    def answers(self):
        """What was answered, by the fields of ``Registration``, without what only protects the form."""
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent"] = self.fields.pop("consent")  # last

    def clean_email(self):
        return self.cleaned_data["email"].lower()


def session_choices(programme):
    """Return what may be chosen, by day; breaks and cancelled sessions are nothing to register for."""
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
