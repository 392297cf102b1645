"""A page in place of a missing translation: never as if it were one, and gone the moment there is one."""

from django.conf import settings
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from wagtail.models import Page, PageQuerySet

from .languages import by_preference

# A page of the default language that was public and no longer is: no translation is shown in the place of that one.
WITHDRAWN = Q(locale__language_code=settings.LANGUAGE_CODE, live=False, first_published_at__isnull=False)


def is_withdrawn(page):
    is_default = page.locale.language_code == settings.LANGUAGE_CODE
    return is_default and not page.live and page.first_published_at is not None


class FallbackMixin:
    """What a page knows when ``core.routing`` shows it in a language that has no translation of it."""

    shown_in = None  # the code of that language
    shown_path = None  # its address there

    @property
    def reader_language(self):
        """The language of whoever reads the page: its own, unless it is shown in place of a translation."""
        return self.shown_in or self.locale.language_code


def language_rank(order):
    """Return an expression that numbers what is in a language by the place of that in an order of languages."""
    cases = (When(locale__language_code=code, then=Value(number)) for number, code in enumerate(order))
    return Case(*cases, default=Value(len(order)), output_field=IntegerField())


class ReaderQuerySet(PageQuerySet):
    def for_readers(self, language_code):
        """Everything that readers of a language are shown, by the same number of queries: what is live in it first, in
        the order so far; then, once each, what is live in other languages alone (``is_elsewhere``).
        """
        order = by_preference(language_code)
        same = Page.objects.filter(translation_key=OuterRef("translation_key")).alias(rank=language_rank(order))
        better = same.filter(Q(live=True, alias_of=None) | WITHDRAWN, rank__lt=OuterRef("rank"))
        pages = self.filter(live=True, alias_of=None).alias(rank=language_rank(order)).exclude(Exists(better))
        is_elsewhere = Case(When(locale__language_code=language_code, then=Value(False)), default=Value(True))
        return pages.annotate(is_elsewhere=is_elsewhere).order_by("is_elsewhere", *self.query.order_by)
