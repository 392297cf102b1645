"""Reviews, requests to moderators, and guests; ``people`` and ``moderators`` say who decides."""

from .authors import authors_of, is_author, submitters_of
from .guests import GuestComment, GuestLink
from .ledger import LedgerEntry, LedgerHead, LedgerLink, Signatory
from .moderators import is_moderator, reviews_every_language
from .people import (
    Languages,
    display_name,
    language_groups,
    reviewed_locale_ids,
    translated_locale_ids,
)
from .requests import PageRequest, ask_for, ask_for_each
from .reviews import (
    ReasonForm,
    ReviewRefused,
    ReviewTask,
    SealBroken,
    in_progress,
    log_step,
)
from .rights import Act, may
from .row_locks import lock_review, lock_reviews
from .seals import Seal
from .uses import FileUse
from .withdrawal import may_withdraw, withdraw
from .work import Claim, Reminder

__all__ = [
    "Act",
    "Claim",
    "FileUse",
    "GuestComment",
    "GuestLink",
    "Languages",
    "LedgerEntry",
    "LedgerHead",
    "LedgerLink",
    "PageRequest",
    "ReasonForm",
    "Reminder",
    "ReviewRefused",
    "ReviewTask",
    "Seal",
    "SealBroken",
    "Signatory",
    "ask_for",
    "ask_for_each",
    "authors_of",
    "display_name",
    "in_progress",
    "is_author",
    "is_moderator",
    "language_groups",
    "lock_review",
    "lock_reviews",
    "log_step",
    "may",
    "may_withdraw",
    "reviewed_locale_ids",
    "reviews_every_language",
    "submitters_of",
    "translated_locale_ids",
    "withdraw",
]
