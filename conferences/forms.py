from dataclasses import replace

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ecca_site.i18n.countries import language_name

from .blocks import KINDS
from .programme import Day, Programme, Session
from .timetable import Timetable, timetable_of


class ProgrammeFilterForm(forms.Form):
    """The filters of a programme, as they come from the query string."""

    track = forms.ChoiceField(label=_("Track"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *KINDS], required=False
    )

    def __init__(self, programme: Programme, data: QueryDict) -> None:
        super().__init__(data)
        languages = [(code, language_name(code)) for code in programme.languages]
        self.fields["track"].choices = [("", _("All tracks")), *programme.tracks]
        self.fields["language"].choices = [("", _("All languages")), *languages]
        if not programme.tracks:
            del self.fields["track"]

    @property
    def is_narrowing(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def filter(self, programme: Programme) -> list[tuple[Day, Timetable]]:
        """Return the days that have what was asked for, each with its timetable.

        What makes no sense finds nothing.
        """
        if not self.is_valid():
            return []
        wanted = self.cleaned_data
        days = []
        for day in programme.days:
            sessions = [session for session in day.sessions if fits(session, wanted)]
            if sessions:
                shown = replace(day, sessions=sessions)
                days.append((shown, timetable_of(shown, programme.rooms)))
        return days


def fits(session: Session, wanted: dict[str, str]) -> bool:
    """Return whether a session has the track, language and kind that were asked for, if any."""
    track = wanted.get("track")
    language = wanted.get("language")
    kind = wanted.get("kind")
    if track and session.track != track:
        return False
    if kind and session.kind != kind:
        return False
    return not language or language in (session.language, *session.interpretation)
