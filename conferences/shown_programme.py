"""The programme as a conference's page shows it: narrowed, with what is on now and what is next."""

import datetime
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language

from ecca_site.delivery.versions import language_stamp

from .forms import ProgrammeFilterForm
from .programme import Day, Programme, programme_of
from .timetable import Timetable

if TYPE_CHECKING:
    from .models import ConferencePage

NEAR = datetime.timedelta(days=1)  # of a conference, whose days may be those of another time zone


class ShownProgramme:
    """Reads a programme when the page asks for it, which a page that has it written does not."""

    def __init__(self, page: "ConferencePage", query: QueryDict) -> None:
        self.page = page
        self.query = query

    @property
    def is_whole(self) -> bool:
        """Whether nobody asks for a part of it: what everybody is shown is worth keeping."""
        return self.query.keys().isdisjoint(ProgrammeFilterForm.base_fields)

    @property
    def version(self) -> str:
        """What the written programme follows from besides its address.

        All that is published in the language, and the minute where something may be on.
        """
        return f"{language_stamp(get_language())}:{self._minute}"

    @property
    def _minute(self) -> str:
        now = timezone.now()
        begin, end = self.page.start_at, self.page.end_at
        if begin and end and not begin - NEAR <= now <= end + NEAR:
            return ""
        return now.isoformat(timespec="minutes")

    @cached_property
    def programme(self) -> Programme:
        return programme_of(self.page)

    @cached_property
    def form(self) -> ProgrammeFilterForm:
        return ProgrammeFilterForm(self.programme, self.query)

    @cached_property
    def days(self) -> list[tuple[Day, Timetable]]:
        return self.form.filter(self.programme)

    @cached_property
    def _now_and_next(self) -> tuple[set[str], set[str]]:
        return self.programme.now_and_next()

    @property
    def now(self) -> set[str]:
        return self._now_and_next[0]

    @property
    def next(self) -> set[str]:
        return self._now_and_next[1]
