"""Setting a language up: its place in the CMS, its teams, and a draft of every page for its translators.

The work is done page by page, each in a transaction of its own, and what there is to do is read from the pages
themselves. So it may be stopped at any moment and goes on where it was; nothing of it is public.
"""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import task
from wagtail import hooks
from wagtail.models import Locale, Page

from .models import LanguageSetup
from .requests import request_translation

logger = logging.getLogger(__name__)
BATCH_SECONDS = 1.0  # a task ends soon, so that mails and renditions get their turn
# SQLite has one writer at a time, and who waits for it looks every 0.1 s: visitors must find a gap that is longer.
PAUSE_SECONDS = 0.15


class UnknownLanguage(Exception):
    """A language that the settings do not name: it has neither addresses nor interface texts."""


def begin(language_code, user=None):
    """Make a language known, with groups and workflows, and return its ``LanguageSetup``; asked again it goes on.

    Raises:
        UnknownLanguage: the settings do not name it, or it is the language of the originals.
    """
    if language_code not in dict(settings.LANGUAGES) or language_code == settings.LANGUAGE_CODE:
        raise UnknownLanguage(language_code)
    with transaction.atomic():
        locale, _created = Locale.objects.get_or_create(language_code=language_code)
        setup, _created = LanguageSetup.objects.get_or_create(locale=locale, defaults={"started_by": user})
        setup.finished_at, setup.failures = None, {}
        setup.save(update_fields=["finished_at", "failures"])
    _apply_roles()
    return setup


def _apply_roles():
    """Give the roles of the site what there is of the language by now."""
    for apply in hooks.get_hooks("set_up_language"):
        apply()


def pages_to_prepare():
    """The live originals: what is no more than a draft is not translated yet."""
    return Page.objects.filter(
        locale__language_code=settings.LANGUAGE_CODE, live=True, alias_of=None, depth__gt=1
    ).order_by("depth", "path")


def missing(setup):
    """Those of them that the language does not have, parents first; aliases do not count."""
    there = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=setup.locale_id, alias_of=None)
    pages = pages_to_prepare().filter(~Exists(there))
    return pages.exclude(pk__in=[int(page_id) for page_id in setup.failures])


def progress(setup):
    """Return how many pages are prepared, and how many there are."""
    total = pages_to_prepare().count()
    return total - missing(setup).count() - len(setup.failures), total


def prepare(setup, seconds=None):
    """Prepare pages one after the other, all or for some seconds, and yield each.

    A page that cannot be prepared is named in ``failures``, and the others go on.
    """
    end = None if seconds is None else time.monotonic() + seconds
    while page := missing(setup).first():
        try:
            request_translation(page, setup.locale, setup.started_by)
        except Exception as error:  # one page that fails keeps no other from its draft; the setup names it
            logger.exception("No draft of page %s in %s", page.pk, setup.locale.language_code)
            setup.failures[str(page.pk)] = f"{type(error).__name__}: {error}"[:255]
        setup.worked_at = timezone.now()
        setup.save(update_fields=["worked_at", "failures"])
        yield page
        if end is not None and time.monotonic() > end:
            return
        time.sleep(PAUSE_SECONDS)
    finish(setup)


def finish(setup):
    """What stands in sections of the language belongs to the roles and workflows of these sections."""
    _apply_roles()
    setup.finished_at = timezone.now()
    setup.save(update_fields=["finished_at"])


@task()
def go_on(setup_id):
    """Work for a second. The next task is there before this one begins: whoever is killed in the middle is followed."""
    setup = LanguageSetup.objects.select_related("locale", "started_by").filter(pk=setup_id).first()
    if setup is None or setup.finished_at:
        return
    if leaves_work_to_others():
        go_on.using(run_after=timezone.now() + 2 * timedelta(seconds=BATCH_SECONDS)).enqueue(setup_id)
    for _page in prepare(setup, BATCH_SECONDS):
        pass


def leaves_work_to_others():
    """Whether tasks are done by workers; where they are done at once, as in the demo, the screen asks for each."""
    return go_on.get_backend().supports_defer
