"""The set-up of a language: its place in the CMS, its teams, and a draft of every page.

The work is done page by page, each in a transaction of its own, and what there is to do is read
from the pages themselves. So it may be stopped at any moment and goes on where it was; nothing of
it is public.
"""

import logging
import time
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import TaskContext, task
from wagtail import hooks
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from ecca_site.i18n.languages import other_languages
from ecca_site.i18n.originals import are_originals
from ecca_site.users.models import User
from ecca_site.workers.queue import finish as finish_task

from ..models import LanguageSetup
from ..submission.requests import request_translation

logger = logging.getLogger(__name__)
BATCH_SECONDS = 1.0  # a task ends soon, so that mails and renditions get their turn
# SQLite has one writer at a time. A visitor who waits looks every 0.1 s and must find a longer gap.
PAUSE_SECONDS = 0.15


class UnknownLanguage(Exception):
    """A language that the settings do not name: it has neither addresses nor interface texts."""


def begin(language_code: str, user: User | None = None) -> LanguageSetup:
    """Make a language known, with groups and workflows, or go on with it; return its set-up.

    Raises:
        UnknownLanguage: the settings do not name it, or it is the language of the originals.
    """
    if language_code not in other_languages():
        raise UnknownLanguage(language_code)
    with transaction.atomic():
        locale, _created = Locale.objects.get_or_create(language_code=language_code)
        setup, _created = LanguageSetup.objects.get_or_create(
            locale=locale, defaults={"started_by": user}
        )
        setup.finished_at = None
        setup.failures = {}
        setup.save(update_fields=["finished_at", "failures"])
    _apply_roles()
    return setup


def _apply_roles() -> None:
    """Give the roles of the site what there is of the language by now."""
    for apply in hooks.get_hooks("set_up_language"):
        apply()


def pages_to_prepare() -> PageQuerySet:
    """Return the live originals, parents first: what is no more than a draft is not translated."""
    originals = Page.objects.filter(are_originals(), depth__gt=1)
    return originals.filter(live=True, alias_of=None).order_by("depth", "path")


def missing(setup: LanguageSetup) -> PageQuerySet:
    """Return those of them that the language does not have; an alias is none.

    A page that could not be prepared is not tried again.
    """
    there = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale=setup.locale_id, alias_of=None
    )
    pages = pages_to_prepare().filter(~Exists(there))
    return pages.exclude(pk__in=[int(page_id) for page_id in setup.failures])


def progress(setup: LanguageSetup) -> tuple[int, int]:
    """Return how many pages are prepared, and how many there are."""
    total = pages_to_prepare().count()
    return total - missing(setup).count() - len(setup.failures), total


def prepare(setup: LanguageSetup, seconds: float | None = None) -> Iterator[Page]:
    """Prepare pages one after the other, all or for some seconds, and yield each.

    A page that cannot be prepared is named in ``failures``, and the others go on.
    """
    end = None if seconds is None else time.monotonic() + seconds
    while page := missing(setup).first():
        try:
            request_translation(page, setup.locale, setup.started_by)
        except Exception as error:  # whatever it was, the other pages get their drafts
            logger.exception("No draft of page %s in %s", page.pk, setup.locale.language_code)
            setup.failures[str(page.pk)] = f"{type(error).__name__}: {error}"[:255]
        setup.worked_at = timezone.now()
        setup.save(update_fields=["worked_at", "failures"])
        yield page
        if end is not None and time.monotonic() > end:
            return
        time.sleep(PAUSE_SECONDS)
    finish(setup)


def finish(setup: LanguageSetup) -> None:
    """Give the roles and workflows of the language its sections, which are there now."""
    _apply_roles()
    setup.finished_at = timezone.now()
    setup.save(update_fields=["finished_at"])


@task(takes_context=True)
def go_on(context: TaskContext, setup_id: int) -> None:
    """Work for a second, then leave the rest to a task of its own."""
    setup = LanguageSetup.objects.select_related("locale", "started_by").filter(pk=setup_id).first()
    if setup is None or setup.finished_at:
        return
    for _page in prepare(setup, BATCH_SECONDS):
        pass
    if leaves_work_to_others() and not setup.finished_at:
        # At once: a worker that dies here leaves either this task to be done again or the next.
        with transaction.atomic():
            finish_task(context)
            go_on.enqueue(setup_id)


def leaves_work_to_others() -> bool:
    """Return whether tasks are done by workers.

    Where they are done at once, as in the demo, the screen asks for each.
    """
    return go_on.get_backend().supports_defer
