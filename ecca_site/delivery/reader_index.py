"""The reader index: which page readers of each language are shown, as rows that lists read.

It follows from the pages, and is written in the transaction that changes one of them.
``manage.py rebuild_reader_index`` makes it anew.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model
from wagtail.models import Page

from ecca_site.i18n.collation import sort_bytes
from ecca_site.i18n.languages import LANGUAGE_NAMES, by_preference
from ecca_site.i18n.originals import first_languages

from . import versions
from .fallback import FallbackMixin, ReaderFacts
from .models import ReaderEntry, ReaderFacet, ReaderText
from .outline import is_real

LOCKS = 7_311_549  # any number that no other advisory lock of this database has
STEP = 500  # translation keys that are looked at together
VALUES = ("page_id", "is_elsewhere", "kind", "date", "until", "category", "place")
# What decides who is shown a page, whatever its type.
WATCHED = {"title", "live", "alias_of", "locale", "translation_key", "first_published_at"}

Translations = dict[str, Page]  # by language code


@dataclass(frozen=True)
class Difference:
    """What has to be written into a table of the index for it to say what the pages say."""

    model: type[Model]
    unique: tuple[str, ...]
    values: tuple[str, ...]
    rows: list[Model]  # new ones, and those with other values
    gone: list[int]  # primary keys

    def write(self) -> None:
        if self.gone:
            self.model._default_manager.filter(pk__in=self.gone).delete()
        if self.rows:
            self.model._default_manager.bulk_create(
                self.rows,
                update_conflicts=True,
                unique_fields=self.unique,
                update_fields=self.values,
            )


def refresh(keys: Collection[UUID]) -> None:
    """Write what readers are shown of some pages, by their translation keys in any language.

    Of two people who publish translations of one page at once neither sees the other's in time. The
    second one does not wait, as the first may be about to wait for a page; each looks again when
    the own transaction is over.
    """
    if not connection.features.has_select_for_update:  # everybody writes alone
        _write(keys)
        return
    if all(_is_ours(key) for key in keys):
        _write(keys)
    transaction.on_commit(lambda: _settle(keys), robust=True)


def _settle(keys: Collection[UUID]) -> None:
    """Write what is still to be written, alone for each translation key."""
    with transaction.atomic():
        if connection.features.has_select_for_update:
            for key in sorted(keys):
                _wait_for(key)
        _write(keys)


def _write(keys: Collection[UUID]) -> None:
    for difference in differences(keys):
        difference.write()


def _is_ours(key: UUID) -> bool:
    """Take the entries of a translation key until the transaction ends, unless somebody has them.

    Nobody waits, unlike for a row, so there is no order to keep.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", _lock(key))
        is_ours: bool = cursor.fetchone()[0]
        return is_ours


def _wait_for(key: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", _lock(key))


def _lock(key: UUID) -> tuple[int, int]:
    """Return PostgreSQL's name of a lock: ours, and a number of 32 bits."""
    return LOCKS, int.from_bytes(key.bytes[:4], signed=True)


def rebuild(keys: Collection[UUID] | None = None) -> None:
    """Make the index of some translation keys anew, by default of all, in steps.

    What was kept of lists is void afterwards.
    """
    for step in in_steps(all_keys() if keys is None else keys):
        _settle(step)
    versions.bump()


def is_complete() -> bool:
    """Return whether every language has been indexed: a new one in the settings has not."""
    indexed = set(ReaderEntry.objects.order_by().values_list("language_code", flat=True).distinct())
    return indexed.issuperset(LANGUAGE_NAMES)


def all_keys() -> set[UUID]:
    """Return the translation keys of all pages and of all entries."""
    keys = set(Page.objects.order_by().values_list("translation_key", flat=True))
    keys.update(ReaderEntry.objects.order_by().values_list("translation_key", flat=True))
    return keys


def in_steps(keys: Collection[UUID]) -> Iterator[list[UUID]]:
    in_order = sorted(keys)
    for first in range(0, len(in_order), STEP):
        yield in_order[first : first + STEP]


def differences(keys: Collection[UUID]) -> list[Difference]:
    """Return where the index does not say what the pages of some translation keys say.

    Four queries, one more for each type of page that has facts for lists, and two for those that
    lists are narrowed by.
    """
    shown = _shown(keys)
    pages: dict[int, Page] = {}
    for translations in shown.values():
        pages.update((page.pk, page) for page in translations.values())
    facts = _facts(pages)
    found = [_entries(keys, shown, facts)]
    narrowed = {number: fact for number, fact in facts.items() if fact.facets is not None}
    if narrowed:
        found += [_facets(narrowed), _texts(narrowed)]
    return [difference for difference in found if difference.rows or difference.gone]


def _shown(keys: Collection[UUID]) -> dict[UUID, Translations]:
    """Return the page that readers of each language are shown, by translation key."""
    pages = Page.objects.filter(translation_key__in=keys).select_related("locale")
    translations: dict[UUID, Translations] = defaultdict(dict)
    for page in pages.only(
        "translation_key", "locale__language_code", "live", "alias_of", "first_published_at",
        "title", "content_type",
    ):  # fmt: skip
        translations[page.translation_key][page.locale.language_code] = page
    first = first_languages(keys)
    shown: dict[UUID, Translations] = {}
    for key, pages_of_key in translations.items():
        shown[key] = {}
        for language in LANGUAGE_NAMES:
            page = _for_readers(pages_of_key, language, first[key])
            if page is not None:
                shown[key][language] = page
    return shown


def _for_readers(
    translations: Mapping[str, Page], language_code: str, first_language: str
) -> Page | None:
    """Return the page that readers of a language are shown, None for none.

    Nothing stands in the place of a translation whose original was withdrawn.
    """
    real = {code: page for code, page in translations.items() if is_real(page)}
    original = translations.get(first_language)
    is_withdrawn = original and not original.live and original.first_published_at is not None
    for code in by_preference(language_code):
        if code in real and (code == language_code or not is_withdrawn):
            return real[code]
    return None


def _facts(pages: Mapping[int, Page]) -> dict[int, ReaderFacts]:
    """Return what lists know of pages, by primary key; pages that tell them nothing have none."""
    by_type: dict[int, list[int]] = defaultdict(list)
    for page in pages.values():
        by_type[page.content_type_id].append(page.pk)
    facts = {}
    for number, keys in by_type.items():
        model = ContentType.objects.get_for_id(number).model_class()
        if model is None or not issubclass(model, FallbackMixin) or not model.reader_fields:
            continue
        for page in model._default_manager.filter(pk__in=keys).only("title", *model.reader_fields):
            facts[page.pk] = page.reader_facts()
    return facts


def _entries(
    keys: Collection[UUID], shown: Mapping[UUID, Translations], facts: Mapping[int, ReaderFacts]
) -> Difference:
    kept = {}
    for entry in ReaderEntry.objects.filter(translation_key__in=keys):
        kept[(entry.translation_key, entry.language_code)] = entry
    rows: list[Model] = []
    for key, pages in shown.items():
        for language, page in pages.items():
            wanted = _entry(key, language, page, facts.get(page.pk, ReaderFacts()))
            entry = kept.pop((key, language), None)
            if entry is None or _values(entry) != _values(wanted):
                rows.append(wanted)
    gone = [entry.pk for entry in kept.values()]
    return Difference(ReaderEntry, ("translation_key", "language_code"), VALUES, rows, gone)


def _entry(key: UUID, language_code: str, page: Page, facts: ReaderFacts) -> ReaderEntry:
    return ReaderEntry(
        translation_key=key,
        language_code=language_code,
        page_id=page.pk,
        is_elsewhere=page.locale.language_code != language_code,
        kind=_kind_of(page),
        date=facts.date,
        until=facts.until,
        category=facts.category,
        place=sort_bytes(page.title, language_code),
    )


def _kind_of(page: Page) -> str:
    model = ContentType.objects.get_for_id(page.content_type_id).model_class()
    return model._meta.label_lower if model else ""


def _values(entry: ReaderEntry) -> list[object]:
    values = [getattr(entry, name) for name in VALUES[:-1]]
    return [*values, bytes(entry.place)]  # PostgreSQL's driver returns a memoryview


def _facets(facts: Mapping[int, ReaderFacts]) -> Difference:
    kept = {}
    for facet in ReaderFacet.objects.filter(page_id__in=facts):
        kept[(facet.page_id, facet.question, facet.answer)] = facet.pk
    rows: list[Model] = []
    for page_id, fact in facts.items():
        for question, answers in (fact.facets or {}).items():
            for answer in answers:
                if kept.pop((page_id, question, answer), None) is None:
                    rows.append(ReaderFacet(page_id=page_id, question=question, answer=answer))
    unique = ("question", "answer", "page")
    return Difference(ReaderFacet, unique, ("answer",), rows, list(kept.values()))


def _texts(facts: Mapping[int, ReaderFacts]) -> Difference:
    kept = dict(ReaderText.objects.filter(pk__in=facts).values_list("pk", "text"))
    rows: list[Model] = []
    for page_id, fact in facts.items():
        if kept.get(page_id) != fact.text:
            rows.append(ReaderText(page_id=page_id, text=fact.text))
    return Difference(ReaderText, ("page",), ("text",), rows, [])


def refresh_saved(
    instance: Page,
    created: bool,
    raw: bool = False,
    update_fields: Sequence[str] | None = None,
    **kwargs: object,
) -> None:
    """Follow a page that was saved; a new draft is shown to nobody."""
    if raw or (created and not instance.live):
        return
    watched = WATCHED.union(getattr(instance, "reader_fields", ()))
    if update_fields is None or watched.intersection(update_fields):
        refresh([instance.translation_key])


def refresh_deleted(instance: Page, **kwargs: object) -> None:
    """Follow a page that was deleted: another language's may be shown in its place."""
    refresh([instance.translation_key])
