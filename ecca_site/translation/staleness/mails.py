"""Mails to translators, one to each, when a source has changed or a new page waits for them.

A mail says what changed and why, how much there is to translate, and where.
"""

from collections import defaultdict
from collections.abc import Collection
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.models import Page

from ecca_site.i18n.dates import localized_date
from ecca_site.mail.outbox import Letter, post
from ecca_site.moderation.mails import PROFILES
from ecca_site.moderation.models import display_name, language_groups
from ecca_site.users.models import User
from ecca_site.workers.queue import leave

from ..localize.records import TranslationContext
from ..localize.segments import Difference, field_of, fields_without_texts
from ..localize.targets import label_of_path
from ..models import Release, SourceChange, TranslationState

MOST_PLACES = 8


def tell_translators(change: SourceChange, locale_ids: Collection[int] | None = None) -> None:
    """Let a worker write to the translators of each language that translates a changed source.

    ``locale_ids`` are the languages to write to, None for all. Nobody is written to twice about one
    change, nor at all about a minor one.
    """
    if not change.is_minor:
        languages = None if locale_ids is None else sorted(locale_ids)
        leave(write_to_translators, change.pk, languages)


@task()
def write_to_translators(change_id: int, locale_ids: list[int] | None) -> None:
    """Write to the translators of a change, unless its page was deleted meanwhile."""
    changes = SourceChange.objects.select_related("page", "user")
    change = changes.filter(pk=change_id).first()
    if change is None:
        return
    pages = {}
    states = TranslationState.objects.filter(source_id=change.page_id)
    for state in states.select_related("page__locale"):
        if locale_ids is None or state.page.locale_id in locale_ids:
            pages[state.page.locale_id] = state.page
    for user, theirs in translators_of(pages).items():
        if user.pk != change.user_id:
            post(user, f"source-change:{change.pk}", partial(letter, change, theirs))


def translators_of(pages: dict[int, Page]) -> dict[User, list[Page]]:
    """Return the translators of these languages, each with their pages.

    ``pages`` is by the id of the language.
    """
    of_user = defaultdict(list)
    translators = language_groups.translators().filter(locale__in=pages)
    in_order = translators.order_by("locale__language_code", "pk")
    for language_group in in_order.prefetch_related("group__user_set"):
        for user in language_group.group.user_set.all():
            of_user[user.pk].append(pages[language_group.locale_id])
    people = get_user_model().objects.filter(pk__in=of_user, is_active=True)
    return {user: of_user[user.pk] for user in people.select_related(*PROFILES).order_by("pk")}


def letter(change: SourceChange, pages: list[Page]) -> Letter:
    """Return the mail on a change to a translator of these pages, in the active language."""
    source = change.page.specific
    languages = _languages_of(pages)
    facts = [
        (_("Language"), languages),
        (_("What changed"), "; ".join(changed_places(change, type(source)))),
        (_("Words to translate"), str(change.changed_words)),
    ]
    if change.published_at:
        name = display_name(change.user) if change.user else _("Somebody")
        first_line = _(
            "%(name)s has published a change of “%(title)s”. Its translation is out of date."
        ) % {"name": name, "title": source.title}
        facts.append((_("Published on"), localized_date(change.published_at)))
    else:
        first_line = _("A change of “%(title)s” is approved and waits for its translation.") % {
            "title": source.title
        }
    return Letter(
        subject=_("[%(languages)s] %(title)s: the original has changed")
        % {"languages": languages, "title": source.title},
        lines=(first_line, *other_links(pages)),
        facts=tuple(facts),
        quote=change.note,
        action=_("Open the translation"),
        address=edit_link(pages[0]),
    )


def tell_of_new_page(release: Release, pages: dict[int, Page]) -> None:
    """Write to the translators of a new page that it waits for them.

    ``pages`` are its translations by the id of the language.
    """
    for user, theirs in translators_of(pages).items():
        post(user, f"release:{release.pk}", partial(new_page_letter, release, theirs))


def new_page_letter(release: Release, pages: list[Page]) -> Letter:
    """Return the mail on a new page to a translator of these pages, in the active language."""
    title = release.source.get_admin_display_title()
    return Letter(
        subject=_("[%(languages)s] %(title)s: a new page to translate")
        % {"languages": _languages_of(pages), "title": title},
        lines=(
            _("“%(title)s” is approved and waits for its translation.") % {"title": title},
            *other_links(pages),
        ),
        action=_("Open the translation"),
        address=edit_link(pages[0]),
    )


def _languages_of(pages: list[Page]) -> str:
    return ", ".join(str(page.locale.get_display_name()) for page in pages)


def other_links(pages: list[Page]) -> list[str]:
    """Return a line for each page besides the one that the mail's button leads to."""
    return [f"{page.locale.get_display_name()}: {edit_link(page)}" for page in pages[1:]]


def edit_link(page: Page) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])


def changed_places(change: SourceChange, model: type[Page]) -> list[str]:
    """Return the page editor's names of the places of a change, each once."""
    changed = Difference.from_json(change.difference)
    places = [place for place, _before, _after in changed.texts]
    contexts = TranslationContext.objects.filter(
        object_id=change.page.translation_key, path__in=places
    )
    field_paths = dict(contexts.values_list("path", "field_path"))
    paths = [field_paths.get(place) or field_of(place) for place in places]
    paths += fields_without_texts([name for name, _before, _after in changed.others], places)
    labels = list(dict.fromkeys(label_of_path(model, path) for path in paths))
    if len(labels) > MOST_PLACES:
        return [*labels[:MOST_PLACES], "…"]
    return labels
