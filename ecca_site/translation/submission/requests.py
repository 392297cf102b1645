"""Asking for a translation, which makes wagtail-localize's records and a draft page.

The page is never live and never an alias.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_tasks import TaskContext, task
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from ecca_site.core.permissions import PagePermissions
from ecca_site.i18n.originals import is_original, original_of
from ecca_site.moderation.models import translated_locale_ids
from ecca_site.users.models import User
from ecca_site.workers.queue import finish, hand_over

from ..localize.records import Translation, TranslationSource
from ..staleness.states import lock_source, state_of
from . import companions

HOME_DEPTH = 2  # of home pages, above which no page stands
AT_ONCE = 10  # pages of one task: a worker that dies leaves little to be done again


def locales_for(user: User, page: Page, *, with_drafts: bool = False) -> dict[str, Locale]:
    """Return the languages by code into which a user may ask for a translation of a source page.

    The translators of a language may, and whoever may add pages where the translation would stand;
    of a draft nobody may, unless ``with_drafts``.
    """
    if not user.is_active or not is_original(page) or page.depth < 2:
        return {}
    if not page.live and not with_drafts:
        return {}
    locales = Locale.objects.exclude(pk=page.locale_id)
    if not user.is_superuser:
        teams = translated_locale_ids(user)
        locales = locales.filter(pk__in=teams | _where_pages_may_be_added(user, page))
    return {locale.language_code: locale for locale in locales}


def _where_pages_may_be_added(user: User, page: Page) -> set[int]:
    """Return the languages in which a user may add a translation of a page.

    They are those where the user may add pages below the nearest page above that exists there.
    """
    above = page.get_ancestors(inclusive=page.depth == HOME_DEPTH).filter(depth__gt=1)
    same = Page.objects.filter(translation_key__in=above.values("translation_key"))
    translated = same.order_by()  # in that of the tree SQLite reads all pages
    nearest = {}
    for found in sorted(translated, key=lambda found: found.depth):
        nearest[found.locale_id] = found
    may_add = set()
    for locale_id, found in nearest.items():
        if PagePermissions(user, found).may_add():
            may_add.add(locale_id)
    return may_add


@transaction.atomic
def request_translation(page: Page, locale: Locale, user: User | None = None) -> Translation:
    """Make a draft of a page in a language, and of the pages above it that the language lacks.

    Returns wagtail-localize's ``Translation``. Asked again it changes nothing.
    """
    page = page.specific
    parent = page.get_parent()
    if parent.depth > 1:
        there = parent.get_translations().filter(locale=locale, alias_of=None)
        if not there.exists():
            request_translation(original_of(parent) or parent, locale, user)
    source, _created = TranslationSource.get_or_create_from_instance(page)
    lock_source(page)  # of two requests at once the second finds the page of the first
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    translated = page.get_translations().filter(locale=locale).first()
    if translated is None:
        translated = page.copy_for_translation(locale)
        log(instance=translated, action="translation.request", user=user)
    elif translated.alias_of_id:
        make_draft_of_alias(translated.specific, user)
    companions.ensure(translation, user)
    return translation


def make_draft_of_alias(page: Page, user: User | None = None) -> None:
    """Turn an alias, which shows another language's words, into a draft of its own."""
    page.alias_of = None
    page.live = False
    page.has_unpublished_changes = True
    page.first_published_at = None
    page.last_published_at = None
    page.save()
    page.save_revision(user=user, log_action="wagtail.convert_alias", clean=False)
    state_of(page)
    log(instance=page, action="translation.request", user=user)


def request_as(user: User, page: Page, locale: Locale) -> Translation:
    """Ask for a translation in somebody's name.

    Raises:
        PermissionDenied: the user may not ask for this language of this page.
    """
    if locale.language_code not in locales_for(user, page):
        raise PermissionDenied
    return request_translation(page, locale, user)


@task(takes_context=True)
def request_many(
    context: TaskContext,
    page_ids: Iterable[int],
    locale_ids: Iterable[int],
    user_id: int | None = None,
) -> None:
    """Ask for these languages of the first of these pages; the others are the next task's.

    Parents come first. The user's permissions were checked before, and are not checked again.
    """
    user = User.objects.filter(pk=user_id).first()
    locales = Locale.objects.in_bulk(locale_ids)
    pages = Page.objects.filter(pk__in=page_ids).order_by("depth", "path")
    for page in pages[:AT_ONCE].specific():
        for locale in locales.values():
            if locale.pk != page.locale_id:
                request_translation(page, locale, user)
    others = list(pages.values_list("pk", flat=True)[AT_ONCE:])
    if others:
        with transaction.atomic():
            finish(context)
            hand_over(request_many, others, locale_ids, user_id)
