"""A page in place of a missing translation: it says so, and goes the moment there is one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from wagtail.models import Locale, Page, PageQuerySet

from ecca_site.i18n.languages import by_preference
from ecca_site.i18n.originals import are_originals, is_original

if TYPE_CHECKING:
    from .addresses import PageLink


def are_withdrawn() -> Q:
    """Return a condition for originals that were public and no longer are.

    No translation is shown in their place.
    """
    return Q(are_originals(), live=False, first_published_at__isnull=False)


def is_withdrawn(page: Page) -> bool:
    return not page.live and page.first_published_at is not None and is_original(page)


class FallbackMixin:
    """The facts that ``delivery.routing`` gives the page that it found."""

    locale: Locale
    route_ancestors: "list[PageLink] | None" = None
    route_translations: list[Page] | None = None  # in all languages, itself and drafts included
    # Of a page that is shown in place of a translation:
    shown_in: str | None = None  # the code of the language that has no translation
    shown_path: str | None = None  # the address of the page there
    is_elsewhere = False  # as ``ReaderQuerySet`` says of each page

    @property
    def reader_language(self) -> str:
        """The language of whoever reads the page.

        It is the page's own, unless the page is shown in place of a translation.
        """
        return self.shown_in or self.locale.language_code


def language_rank(order: Sequence[str]) -> Case:
    """Return an expression for the place of a row's language in an order of languages."""
    cases = [
        When(locale__language_code=code, then=Value(number)) for number, code in enumerate(order)
    ]
    return Case(*cases, default=Value(len(order)), output_field=IntegerField())


class ReaderQuerySet(PageQuerySet):
    def for_readers(self, language_code: str) -> "ReaderQuerySet":
        """Return everything that readers of a language are shown, by the same number of queries.

        Pages that are live in it come first, in the order so far; then, once each, those that are
        live in other languages alone (``is_elsewhere``).
        """
        order = by_preference(language_code)
        same = Page.objects.filter(translation_key=OuterRef("translation_key"))
        # What is withdrawn stands before all but the reader's own language.
        withdrawn = When(are_withdrawn(), then=Value(0))
        same = same.alias(rank=Case(withdrawn, default=language_rank(order)))
        better = same.filter(
            Q(live=True, alias_of=None) | are_withdrawn(), rank__lt=OuterRef("rank")
        )
        pages = (
            self.filter(live=True, alias_of=None)
            .alias(rank=language_rank(order))
            .exclude(Exists(better))
        )
        is_elsewhere = Case(
            When(locale__language_code=language_code, then=Value(False)), default=Value(True)
        )
        return pages.annotate(is_elsewhere=is_elsewhere).order_by(
            "is_elsewhere", *self.query.order_by
        )
