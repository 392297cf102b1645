from .calendar import CalendarEntry
from .conference import ConferencePage
from .contribution import Contribution
from .desk import Desk, Mailing, Registration
from .index import ConferenceIndexPage
from .queryset import ConferencePageQuerySet
from .speaker import Speaker
from .status import Question, Status, timezone_choices

__all__ = [
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
