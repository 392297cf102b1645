"""The times of a conference in its own time zone, and what follows from them.

A draft may have no dates yet.
"""

from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils import timezone

from conferences.stages import Stage, stage_of

from .status import OFF, Status


class ConferenceTimes:
    """The moments of a page, which the database keeps in UTC, as its visitors read them."""

    status: str
    timezone: str  # the name of its zone
    start_at: datetime | None
    end_at: datetime | None
    previous_start_at: datetime | None
    registration_opens_at: datetime | None
    call_deadline_at: datetime | None

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def _local(self, moment: datetime | None) -> datetime | None:
        return moment.astimezone(self.zone) if moment else None

    @property
    def local_start(self) -> datetime | None:
        return self._local(self.start_at)

    @property
    def local_end(self) -> datetime | None:
        return self._local(self.end_at)

    @property
    def zone_moment(self) -> datetime:
        """A moment by which to tell the zone: a draft may have a programme before it has a date."""
        return self.local_start or timezone.now().astimezone(self.zone)

    @property
    def local_previous_start(self) -> datetime | None:
        """The former start of a rescheduled conference, as far as it was ever public."""
        if self.status != Status.RESCHEDULED:
            return None
        return self._local(self.previous_start_at)

    @property
    def is_past(self) -> bool:
        if self.status == Status.PAST:
            return True
        return self.end_at is not None and self.end_at < timezone.now()

    @property
    def shown_status(self) -> Status:
        """The status in words for visitors.

        A conference that is over is past, unless it never took place.
        """
        if self.is_past and not self.is_cancelled:
            return Status.PAST
        return Status(self.status)

    @property
    def is_cancelled(self) -> bool:
        return self.status in OFF

    @property
    def stage(self) -> Stage:
        """The stage in which visitors are asked for something; see ``stages.py``."""
        return stage_of(self)

    @property
    def is_coming_registration(self) -> bool:
        """True until registration opens, unless the conference is over or cancelled."""
        opening = self.registration_opens_at
        if opening is None or self.is_past or self.is_cancelled:
            return False
        return timezone.now() < opening

    @property
    def local_opening(self) -> datetime | None:
        return self._local(self.registration_opens_at)

    @property
    def is_call_open(self) -> bool:
        deadline = self.call_deadline_at
        if deadline is None or self.is_past or self.is_cancelled:
            return False
        return timezone.now() <= deadline

    @property
    def local_deadline(self) -> datetime | None:
        return self._local(self.call_deadline_at)
