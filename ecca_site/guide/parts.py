"""The parts of a guide, and the sections that several roles have in common."""

from dataclasses import dataclass
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecca_site.access import roles

from .pictures import Picture

Text: TypeAlias = str | Promise
# A heading, steps and, where it helps, a picture.
Section: TypeAlias = tuple[Text, tuple[Text, ...]] | tuple[Text, tuple[Text, ...], Picture]


@dataclass(frozen=True)
class Guide:
    """The guide of one role, by its sections."""

    slug: str
    title: Text
    role: roles.Role
    sections: tuple[Section, ...]


APPROVAL_TAKEN_BACK = _(
    "What is approved and waits for its date, or for other languages, may be sent back all the "
    "same: its approval was taken back, and the mail says why. Change it and submit it again."
)
SUBMITTING = (
    _("Submit a page"),
    (
        _(
            "“Save draft” keeps your work; nobody outside the CMS sees it, and a live page stays "
            "as it is."
        ),
        _(
            "“Submit for review”, in the menu beside it, hands the page to those who review it. "
            "The page's status says who."
        ),
        _(
            "You get a mail when the page was approved, or sent back with a comment on what to "
            "change."
        ),
        APPROVAL_TAKEN_BACK,
    ),
)
ELSEWHERE = (
    _("Write first in another language"),
    (
        _(
            "Begin a page in any language: go to the section of that language. Once it is "
            "live, its translations are asked for in the same way, the English one among "
            "them."
        ),
        _("The reviewers of that language decide on it."),
        _(
            "Where it is not translated yet, readers of other languages see it in its own, and "
            "the page says so."
        ),
        _(
            "It stays the original: its changes are what the others are translated from, and what "
            "is the same in all languages is changed there."
        ),
    ),
)
ASKING = (
    _("Take something offline"),
    (
        _(
            "“Ask the moderators …”, in the menu of a page or a speaker, asks to take it offline "
            "or to delete it. The form says what depends on it; until they have decided "
            "everything stays as it is."
        ),
        _(
            "“Its translations, too” asks for each language by itself. Its own reviewers decide, "
            "and what they do not decide stays."
        ),
        _("A speaker who is offline in the original is shown in no language and no conference."),
        _(
            "Under “Set schedule”, in the page's status, a page gets a day to go offline. Say "
            "there which of its translations go offline, too; what you leave out stays."
        ),
        _("“Withdraw” takes back what you have asked for while nobody has decided."),
    ),
    Picture(
        "schedule",
        _("The dates of a page, and below them the translations that go offline with it"),
    ),
)
TRANSLATING = (
    _("Other languages"),
    (
        _(
            "“Translations”, in the menu beside the page's title, shows what each language has of "
            "it and asks for more."
        ),
        _(
            "Say beneath the form what a change means: after a major one the translations are out "
            "of date and their translators get your note; a typo is a minor one and flags nothing."
        ),
        _(
            "“Publish together” binds languages to the page: it waits until those that are "
            "required are approved, and all go live at once."
        ),
        _(
            "“Translations” in the main menu is the board of all pages and languages; many pages "
            "are asked for there."
        ),
        _(
            "Taking a page offline, deleting or moving it does the same to its translations: the "
            "question names them."
        ),
    ),
    Picture(
        "board", _("The board: the number of pages in each state and language, and each page below")
    ),
)
DECIDING = (
    (
        _("Find what waits for you"),
        (
            _(
                "“Moderation” is your queue, oldest first. Claim an entry, so that no two people "
                "review the same."
            ),
            _(
                "What is overdue is marked in red. Filter by language, type, age or what you have "
                "claimed."
            ),
            _("The first page of the CMS lists the oldest entries; mails lead straight to one."),
        ),
        Picture(
            "queue", _("The queue: for each entry what changes, since when and who has claimed it")
        ),
    ),
    (
        _("Decide"),
        (
            _(
                "Live and submitted version stand side by side: what went is struck through, what "
                "came underlined."
            ),
            _(
                "Beside a translation stands its original. “As visitors will see it” opens the "
                "pages themselves."
            ),
            _("“Approve” publishes the page exactly as it was submitted."),
            _("A page with a date to go live is published on that date, not before."),
            _(
                "“Request changes” sends it back. Say in the comment what is missing: the author "
                "reads it in the mail."
            ),
            _("What you wrote or submitted yourself, somebody else decides."),
            _("After a decision the next entry follows."),
        ),
        Picture(
            "review", _("A review: both versions, their differences marked, and the form to decide")
        ),
    ),
    (
        _("Take the approval back"),
        (
            _(
                "“Approved, not live yet”, on the first page of the CMS, lists what was approved "
                "and waits for its date or for other languages."
            ),
            _(
                "“Take the approval back …” asks for a reason, which is mailed to whoever "
                "submitted it. The version is a draft again; what visitors read stays as it is."
            ),
            _(
                "What is live already is taken offline or replaced by a new version: nobody takes "
                "its approval back."
            ),
        ),
        Picture(
            "approved",
            _("The first page of the CMS: what is approved and not live yet, to be taken back"),
        ),
    ),
    (
        _("Ask somebody without an account"),
        (
            _(
                "“Make an address” gives a secret address of this one version, for two weeks, to "
                "send to them."
            ),
            _(
                "Comments left there stand in the review. Nothing can be published there; “Revoke” "
                "closes it at once."
            ),
        ),
    ),
    (
        _("Requests"),
        (
            _(
                "Others ask to take a page offline, to delete or to move it. The entry says what "
                "that affects."
            ),
            _("“Approve” does what was asked for; “Decline” needs a comment."),
            _(
                "What was asked for other languages at the same time is named beside it. You "
                "decide for your languages; the others have their own reviewers."
            ),
            _(
                "When the time of an original is over, the same is asked for the translations "
                "that were chosen to go with it."
            ),
        ),
    ),
    (
        _("Mails and the past"),
        (
            _(
                "Under your name, “Account”, “Notifications”, choose whether mails come at once or "
                "once a day."
            ),
            _(
                "What is overdue is reminded of once; after as many days again administrators are "
                "told."
            ),
            _(
                "“Audit”, above the queue, shows every step: who, when, which version and why. It "
                "can be exported."
            ),
        ),
    ),
)
