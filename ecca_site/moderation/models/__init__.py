"""Reviews, what is asked of moderators, and guests; ``people`` says who may do what."""

from .guests import GuestComment, GuestLink, new_token
from .people import (
    LanguageTeam,
    display_name,
    is_moderator,
    reviewed_locale_ids,
    reviews_every_language,
)
from .requests import PageRequest, ask_for
from .reviews import (
    Claim,
    ReasonForm,
    Reminder,
    ReviewRefused,
    ReviewTask,
    authors_of,
    in_progress,
    is_author,
    log_step,
    may_withdraw,
    submitters_of,
    withdraw,
)

__all__ = [
    "Claim",
    "GuestComment",
    "GuestLink",
    "LanguageTeam",
    "PageRequest",
    "ReasonForm",
    "Reminder",
    "ReviewRefused",
    "ReviewTask",
    "ask_for",
    "authors_of",
    "display_name",
    "in_progress",
    "is_author",
    "is_moderator",
    "log_step",
    "may_withdraw",
    "new_token",
    "reviewed_locale_ids",
    "reviews_every_language",
    "submitters_of",
    "withdraw",
]
