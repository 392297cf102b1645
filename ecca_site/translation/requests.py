"""Asking for a translation: localize's records and a draft page, never a live one and never an alias."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_tasks import task
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, TranslationSource

from ecca_site.moderation.models import LanguageTeam

from . import companions
from .staleness import is_source_language, lock_source, state_of


def locales_for(user, page, *, with_drafts=False):
    """Return the languages into which this user may ask for a translation of a source page, by their codes.

    Its translators may, and whoever may add pages where the translation would stand; of a draft nobody may, unless
    ``with_drafts``.
    """
    if not user.is_active or not is_source_language(page) or page.depth < 2 or not (page.live or with_drafts):
        return {}
    locales = {locale.pk: locale for locale in Locale.objects.exclude(language_code=settings.LANGUAGE_CODE)}
    teams = set(LanguageTeam.objects.filter(translators__user=user).values_list("locale_id", flat=True))
    allowed = locales.keys() if user.is_superuser else teams | _where_pages_may_be_added(user, page)
    return {locale.language_code: locale for pk, locale in locales.items() if pk in allowed}


def _where_pages_may_be_added(user, page):
    """Return the languages in which a user may add pages below the nearest page above that exists there."""
    above = list(page.get_ancestors().filter(depth__gt=1).order_by("-depth").values_list("translation_key", flat=True))
    translated = Page.objects.filter(translation_key__in=above or [page.translation_key])
    addable = set(
        policy_registry.get_by_type(Page)
        .instances_user_has_permission_for(user, "add")
        .filter(pk__in=translated.values("pk"))
        .values_list("pk", flat=True)
    )
    nearest = {}
    for found in sorted(translated, key=lambda found: found.depth):
        nearest[found.locale_id] = found.pk
    return {locale_id for locale_id, pk in nearest.items() if pk in addable}


@transaction.atomic
def request_translation(page, locale, user=None):
    """Make a draft of the page in a language, with drafts of the pages above it that the language lacks.

    Returns localize's ``Translation``. Asked again it changes nothing.
    """
    page = page.specific
    parent = page.get_parent()
    if parent.depth > 1 and not parent.get_translations().filter(locale=locale, alias_of=None).exists():
        request_translation(parent, locale, user)
    source, _created = TranslationSource.get_or_create_from_instance(page)
    lock_source(page)  # of two requests at once the second finds the page of the first
    translation, _created = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    target = page.get_translations().filter(locale=locale).first()
    if target is None:
        target = page.copy_for_translation(locale)
        log(instance=target, action="translation.request", user=user)
    elif target.alias_of_id:
        make_draft_of_alias(target.specific, user)
    companions.ensure(translation, user)
    return translation


def make_draft_of_alias(page, user=None):
    """Turn an alias, which shows another language's words, into a draft of its own."""
    page.alias_of = None
    page.live, page.has_unpublished_changes = False, True
    page.first_published_at = page.last_published_at = None
    page.save()
    page.save_revision(user=user, log_action="wagtail.convert_alias", clean=False)
    state_of(page)
    log(instance=page, action="translation.request", user=user)


def request_as(user, page, locale):
    """Ask for a translation in somebody's name.

    Raises:
        PermissionDenied: the user may not ask for this language of this page.
    """
    if locale.language_code not in locales_for(user, page):
        raise PermissionDenied
    return request_translation(page, locale, user)


@task()
def request_many(page_ids, locale_ids, user_id=None):
    """Ask for these languages of these pages, parents first; what was checked before is not checked again."""
    from django.contrib.auth import get_user_model  # tasks are read before the models

    user = get_user_model().objects.filter(pk=user_id).first()
    locales = Locale.objects.in_bulk(locale_ids)
    for page in Page.objects.filter(pk__in=page_ids).order_by("depth", "path").specific():
        for locale in locales.values():
            request_translation(page, locale, user)
