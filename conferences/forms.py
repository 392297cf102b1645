from django import forms
from django.utils.translation import gettext_lazy as _

from ecca_site.core.countries import language_name

from .blocks import KINDS
from .timetable import timetable_of


class ProgrammeFilterForm(forms.Form):
    """The filters of a programme, as they come from the query string."""

    track = forms.ChoiceField(label=_("Track"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All kinds")), *KINDS], required=False)

    def __init__(self, programme, data):
        super().__init__(data)
        self.fields["track"].choices = [("", _("All tracks")), *programme.tracks]
        self.fields["language"].choices = [
            ("", _("All languages")), *((code, language_name(code)) for code in programme.languages)
        ]  # fmt: skip
        if not programme.tracks:
            del self.fields["track"]

    @property
    def is_narrowing(self):
        return self.is_valid() and any(self.cleaned_data.values())

    def filter(self, programme):
        """Return pairs of a day and its timetable with what was asked for; nothing where that makes no sense."""
        if not self.is_valid():
            return []
        wanted = self.cleaned_data
        days = []
        for day in programme.days:
            sessions = [session for session in day.sessions if fits(session, wanted)]
            if sessions:
                shown = type(day)(day.date, day.title, day.text_language, sessions)
                days.append((shown, timetable_of(shown, programme.rooms)))
        return days


def fits(session, wanted):
    language = wanted.get("language")
    return (
        (not wanted.get("track") or session.track == wanted["track"])
        and (not language or language == session.language or language in session.interpretation)
        and (not wanted.get("kind") or session.kind == wanted["kind"])
    )
