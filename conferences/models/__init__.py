from .calendar import CalendarEntry
from .conference import ConferencePage
from .contribution import Contribution
from .desk import Desk, Mailing, Registration
from .index import ConferenceIndexPage
from .queryset import ConferencePageQuerySet
from .speaker import Speaker
from .status import EVENT_STATUS, Question, Status, timezone_choices

__all__ = [
    "EVENT_STATUS",
    "CalendarEntry",
    "ConferenceIndexPage",
    "ConferencePage",
    "ConferencePageQuerySet",
    "Contribution",
    "Desk",
    "Mailing",
    "Question",
    "Registration",
    "Speaker",
    "Status",
    "timezone_choices",
]
