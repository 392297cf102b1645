"""The texts that are no pages of their own, and how many of them each language has.

They are the last rows of the coverage board's totals.
"""

import struct
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.models import DraftStateMixin, Page, ReferenceIndex, get_translatable_models

from ecca_site.core.counted import counted
from ecca_site.i18n.languages import (
    LANGUAGE_NAMES,
    babel_locale,
    other_languages,
    source_language,
)
from ecca_site.i18n.originals import are_originals, first_languages

from ..localize.records import StringSegment, StringTranslation


@dataclass(frozen=True)
class Texts:
    """One kind of text, with how many there are and how many of them each language has."""

    label: str | Promise
    total: int
    done: dict[str, int]

    def of(self, code: str) -> int:
        """Return how many a language has, by its code."""
        return self.done.get(code, 0)


def all_texts() -> list[Texts]:
    """Return every kind of text; apps add theirs by the hook ``register_coverage_texts``."""
    ours = (alternative_texts, documents, snippets, interface_texts)
    found: list[Texts] = []
    for find in (*hooks.get_hooks("register_coverage_texts"), *ours):
        found += find()
    return found


def known_texts() -> list[Texts]:
    """Return every kind of text in the reader's language, counted again where something changed."""
    return counted(f"texts:{get_language()}", _texts_in_words)


def _texts_in_words() -> list[Texts]:
    return [replace(texts, label=str(texts.label)) for texts in all_texts()]


def alternative_texts() -> list[Texts]:
    """Return the alternative texts of the pages that somebody asked a translation for.

    Of the others not even the title is translated. A language has those that were written in it,
    and those that are translated into it.
    """
    places = Q(context__path__endswith="_alt") | Q(context__path__endswith="alt_text")
    segments = StringSegment.objects.filter(places)
    here = segments.filter(string=OuterRef("translation_of"), context=OuterRef("context"))
    translated = StringTranslation.objects.filter(Exists(here), has_error=False).order_by()
    done = Counter(_by_language(translated, "locale"))
    written = _by_language(segments, "source__locale")
    done.update(written)
    return [Texts(_("Alternative texts, on pages asked for"), sum(written.values()), done)]


def _by_language(rows: QuerySet, locale: str) -> dict[str, int]:
    """Return how many rows there are by the code of a language, to which ``locale`` leads."""
    codes = rows.order_by().values_list(f"{locale}__language_code")
    return dict(codes.annotate(count=Count("pk")))


def documents() -> list[Texts]:
    """Return the files for download, and how many of them a language has in a version of its own.

    It has one where its live page offers another file than the original.
    """
    page = Page.objects.filter(pk=Cast(OuterRef("object_id"), BigIntegerField()), live=True)
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(get_document_model()),
        base_content_type=ContentType.objects.get_for_model(Page),
    ).annotate(
        code=Subquery(page.values("locale__language_code")[:1]),
        key=Subquery(page.values("translation_key")[:1]),
    )
    found = list(
        references.exclude(code=None).values_list("code", "key", "content_path", "to_object_id")
    )
    first = first_languages([key for _code, key, _path, _file in found])
    original = {}
    for code, key, path, file in found:
        if code == first[key]:
            original[key, path] = file
    done = dict.fromkeys(LANGUAGE_NAMES, 0)
    for code, key, path, file in found:
        is_own = code == first[key] or original.get((key, path), file) != file
        if is_own:
            done[code] = done.get(code, 0) + 1
    return [Texts(_("Documents in the language itself"), len(original), done)]


def snippets() -> Iterator[Texts]:
    """Yield the kinds of things that are translated by themselves, such as speakers.

    They are counted by what was written first, whatever the language.
    """
    for model in get_translatable_models():
        if issubclass(model, Page):
            continue
        public = model.objects.order_by()
        if issubclass(model, DraftStateMixin):
            public = public.filter(live=True)
        by_language = public.values_list("locale__language_code").annotate(
            count=Count("pk"), written=Count("pk", filter=are_originals())
        )
        done = {}
        total = 0
        for code, count, written in by_language:
            done[code] = count
            total += written
        yield Texts(capfirst(model._meta.verbose_name_plural), total, done)


def interface_texts() -> list[Texts]:
    """Return the texts of the site itself, as the compiled catalogues in use have them."""
    total = 0
    done = {}
    for code in other_languages():
        source = catalogue(code)
        total = max(total, _cached(_count_texts, source))
        done[code] = _cached(_count_translated, source.with_suffix(".mo"))
    done[source_language()] = total
    return [Texts(_("Interface texts"), total, done)]


def catalogue(code: str) -> Path:
    """Return the path of a language's catalogue, by its code."""
    return Path(settings.LOCALE_PATHS[0]) / babel_locale(code) / "LC_MESSAGES" / "django.po"


def _cached(count: Callable[[Path, int], int], path: Path) -> int:
    """Return what is counted in a file, counted anew once it has changed; 0 where it is missing."""
    if not path.exists():
        return 0
    return count(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _count_texts(path: Path, changed_at: int) -> int:
    entries = [line for line in path.read_text().splitlines() if line.startswith('msgid "')]
    return len(entries) - 1  # the first one is the catalogue's head


@lru_cache(maxsize=32)
def _count_translated(path: Path, changed_at: int) -> int:
    with path.open("rb") as file:
        magic, _revision, count = struct.unpack("<3I", file.read(12))
    # https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html; Babel writes the head and
    # what is translated
    return count - 1 if magic == 0x950412DE else 0
