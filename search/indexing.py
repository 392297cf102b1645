"""Keep the index equal to what is published.

An entry is written in the transaction that saves its page, while that page's row is locked anyway:
page and entry appear together, no two editors wait for each other's entries, and nobody finds what
is not there any more.
"""

import unicodedata
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models.signals import post_save
from django.utils import translation
from django.utils.encoding import force_str
from wagtail.models import Page, get_page_models

from ecca_site.i18n.analysis import Analyzer

from .models import Entry

MAX_TEXT_LENGTH = 100_000  # letters; PostgreSQL refuses an entry with more than 1 MB of terms

# Fields of the page that saving a draft writes; none of them can be found.
DRAFT_FIELDS = {
    "comments",
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "wagtail_admin_comments",
}


def connect() -> None:
    for model in get_page_models():
        post_save.connect(index_saved, sender=model)


def index_saved(
    instance: Page,
    update_fields: Iterable[str] | None = None,
    raw: bool = False,
    **kwargs: object,
) -> None:
    """Index a page that was saved, unless only a draft was."""
    if raw:
        return
    if update_fields and DRAFT_FIELDS.issuperset(update_fields):
        return
    index_page(instance)


def index_page(page: Page) -> None:
    """Write or remove the entry of a page from what the database holds of it.

    ``page`` itself may carry a draft.
    """
    published = (
        page.specific_class._default_manager.filter(
            pk=page.pk, live=True, alias_of=None, depth__gt=1
        )
        .select_related("locale")
        .first()
    )
    if published is None:
        Entry.objects.filter(pk=page.pk).delete()
        return
    Entry.objects.bulk_create(
        [entry_of(published)],
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["title_terms", "body_terms", "text", "date"],
    )


def entry_of(page: Page) -> Entry:
    """Return the entry of a page, made of its type's ``search_fields`` and of its ``date``, if any.

    Choices are found by their labels in the language of the page.
    """
    with translation.override(page.locale.language_code):
        text = searchable_text(page)
    analyzer = Analyzer(page.locale.language_code)
    return Entry(
        page_id=page.pk,
        title_terms=analyzer.analyse(page.title),
        body_terms=analyzer.analyse(text),
        text=text,
        date=getattr(page, "date", None),
    )


def searchable_text(page: Page) -> str:
    """Return the texts of a page but its title, separated by dots."""
    parts = []
    for field in page.get_searchable_search_fields():
        if field.field_name == "title":
            continue
        for text in flatten(field.get_value(page)):
            words = text.split()
            if words:
                parts.append(" ".join(words))
    return unicodedata.normalize("NFC", " · ".join(parts))[:MAX_TEXT_LENGTH]


def flatten(value: object) -> Iterator[str]:
    """Yield the texts in a value of ``SearchField.get_value``: a text, or lists and mappings."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple, set)):
        for item in value:
            yield from flatten(item)
    elif value is not None:
        yield force_str(value)


def rebuild() -> int:
    """Index every published page anew and return how many there are."""
    Entry.objects.exclude(page__in=Page.objects.live()).delete()
    pages = Page.objects.live().filter(alias_of=None, depth__gt=1)
    for page in pages.iterator():
        with transaction.atomic():
            # Locked, so that nobody publishes it meanwhile.
            Page.objects.select_for_update().filter(pk=page.pk).first()
            index_page(page)
    return Entry.objects.count()
