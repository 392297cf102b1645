"""A page in place of a missing translation: it says so, and goes the moment there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Case, F, IntegerField, Value, When
from wagtail.models import Locale, Page, PageQuerySet

from ecca_site.i18n.originals import is_original

if TYPE_CHECKING:
    from .addresses import PageLink


def is_withdrawn(page: Page) -> bool:
    """Return whether a page is an original that was public and no longer is.

    No translation is shown in its place.
    """
    return not page.live and page.first_published_at is not None and is_original(page)


@dataclass(frozen=True)
class ReaderFacts:
    """What lists know of a page (see ``delivery.reader_index``)."""

    date: datetime | None = None  # by which a list is ordered
    until: datetime | None = None
    category: str = ""
    facets: Mapping[str, Sequence[str]] | None = None  # answers by the questions of a list
    text: str = ""  # the folded words that a list of pages with facets is searched for


class FallbackMixin:
    """What lists know of a page, and the facts that ``delivery.routing`` gives it."""

    locale: Locale
    # The fields that ``reader_facts`` reads; none where lists know no more than the title.
    reader_fields: tuple[str, ...] = ()
    route_ancestors: "list[PageLink] | None" = None
    route_translations: list[Page] | None = None  # in all languages, itself and drafts included
    # Of a page that is shown in place of a translation:
    shown_in: str | None = None  # the code of the language that has no translation
    shown_path: str | None = None  # the address of the page there
    is_elsewhere = False  # as ``ReaderQuerySet`` and ``ReaderList`` say of each page

    @property
    def reader_language(self) -> str:
        """The language of whoever reads the page.

        It is the page's own, unless the page is shown in place of a translation.
        """
        return self.shown_in or self.locale.language_code

    def reader_facts(self) -> ReaderFacts:
        return ReaderFacts()


def language_rank(order: Sequence[str]) -> Case:
    """Return an expression for the place of a row's language in an order of languages."""
    cases = [
        When(locale__language_code=code, then=Value(number)) for number, code in enumerate(order)
    ]
    return Case(*cases, default=Value(len(order)), output_field=IntegerField())


class ReaderQuerySet(PageQuerySet):
    def for_readers(self, language_code: str) -> Self:
        """Return those of some pages that readers of a language are shown (``ReaderEntry``).

        Pages that are live in it come first, in the order so far; then, once each, those that are
        live in other languages alone (``is_elsewhere``). A list of all pages of a type is a
        ``ReaderList``.
        """
        pages = self.filter(shown__language_code=language_code)
        pages = pages.annotate(is_elsewhere=F("shown__is_elsewhere"))
        return pages.order_by("is_elsewhere", *self.query.order_by)
