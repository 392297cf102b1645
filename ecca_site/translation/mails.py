"""One mail to each translator when a source has changed: what, why, how much, and where to go on."""

from collections import defaultdict

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail_localize.models import TranslationContext

from ecca_site.core.dates import localized_date
from ecca_site.mail.outbox import Letter, post
from ecca_site.moderation.mails import PROFILES
from ecca_site.moderation.models import LanguageTeam, display_name

from .models import TranslationState
from .work import label_of

MOST_PLACES = 8


def tell_translators(change, locale_ids=None):
    """Write to the translators of each language that has a translation of a source that changed, or of these languages.

    Nobody is written to twice about one change, nor at all about a minor one.
    """
    if change.is_minor:
        return
    states = TranslationState.objects.filter(source_id=change.page_id).select_related("page__locale")
    pages = {state.page.locale_id: state.page for state in states}
    if locale_ids is not None:
        pages = {locale_id: page for locale_id, page in pages.items() if locale_id in locale_ids}
    for user, theirs in translators_of(pages).items():
        if user.pk != change.user_id:
            post(user, f"source-change:{change.pk}", lambda theirs=theirs: letter(change, theirs))


def translators_of(pages):
    """Return who translates into these languages, each with their pages; ``pages`` is by the id of the language."""
    of_user = defaultdict(list)
    teams = LanguageTeam.objects.filter(locale__in=pages).order_by("locale__language_code")
    for team in teams.prefetch_related("translators__user_set"):
        for user in team.translators.user_set.all():
            of_user[user.pk].append(pages[team.locale_id])
    people = get_user_model().objects.filter(pk__in=of_user, is_active=True)
    return {user: of_user[user.pk] for user in people.select_related(*PROFILES).order_by("pk")}


def letter(change, pages):
    """Return the mail about a change for somebody who translates these pages, in the active language."""
    source = change.page.specific
    languages = ", ".join(str(page.locale.get_display_name()) for page in pages)
    name = display_name(change.user) if change.user else _("Somebody")
    return Letter(
        subject=_("[%(languages)s] %(title)s: the original has changed")
        % {"languages": languages, "title": source.title},
        lines=(
            _("%(name)s has published a change of “%(title)s”. Its translation is out of date.")
            % {"name": name, "title": source.title}
            if change.published_at
            else _("A change of “%(title)s” is approved and waits for its translation.") % {"title": source.title},
            *other_links(pages),
        ),
        facts=(
            (_("Language"), languages),
            (_("What changed"), "; ".join(changed_places(change, type(source)))),
            (_("Words to translate"), str(change.changed_words)),
            *(((_("Published on"), localized_date(change.published_at)),) if change.published_at else ()),
        ),
        quote=change.note,
        action=_("Open the translation"),
        address=edit_link(pages[0]),
    )


def tell_of_new_page(release, pages):
    """Write to the translators of these pages, by the id of their language, that a new page waits for them."""
    for user, theirs in translators_of(pages).items():
        post(user, f"release:{release.pk}", lambda theirs=theirs: new_page_letter(release, theirs))


def new_page_letter(release, pages):
    title = release.source.get_admin_display_title()
    languages = ", ".join(str(page.locale.get_display_name()) for page in pages)
    return Letter(
        subject=_("[%(languages)s] %(title)s: a new page to translate") % {"languages": languages, "title": title},
        lines=(
            _("“%(title)s” is approved and waits for its translation.") % {"title": title},
            *other_links(pages),
        ),
        action=_("Open the translation"),
        address=edit_link(pages[0]),
    )


def other_links(pages):
    """Return a line for each page besides the one that the mail's button leads to."""
    return [f"{page.locale.get_display_name()}: {edit_link(page)}" for page in pages[1:]]


def edit_link(page):
    return settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])


def changed_places(change, model):
    """Return what the page editor calls the places of a change, each once."""
    places = [place for place, *_texts in change.difference.get("texts", [])]
    contexts = TranslationContext.objects.filter(object_id=change.page.translation_key, path__in=places)
    field_paths = dict(contexts.values_list("path", "field_path"))
    others = [name for name, *_fingerprints in change.difference.get("others", [])]
    others = [name for name in others if name not in {place.partition(".")[0] for place in places}]
    paths = [*(field_paths.get(place) or place.partition(".")[0] for place in places), *others]
    labels = list(dict.fromkeys(label_of(model, path) for path in paths))
    return [*labels[:MOST_PLACES], *(["…"] if len(labels) > MOST_PLACES else [])]
