"""The directory: which partners fit the question, in which order, and how many every answer would bring.

The light rows of all partners are read once and looked through here, so that the facets cost no query of their own.
"""

from collections import Counter
from html import unescape

from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.html import strip_tags

from ecca_site.core.analysis import fold
from ecca_site.core.collation import sort_key

from .forms import DirectoryForm
from .models import PartnerPage

PAGE_SIZE = 24  # partners
LIGHT = (
    "pk", "title", "translation_key", "url_path", "locale_id", "locale__language_code", "country", "city", "latitude",
    "longitude", "partner_class", "themes", "working_languages", "target_countries", "is_elsewhere", "has_offers",
    "has_seeks",
)  # fmt: skip
TEXTS = ("title", "legal_name", "short_name", "city", "offers", "seeks", "introduction")


def _is_filled(name):
    return ExpressionWrapper(~Q(**{name: ""}), output_field=BooleanField())


def rows_for(language_code, *more):
    """Return what the directory needs of every partner that readers of a language are shown, by one query."""
    partners = PartnerPage.objects.for_readers(language_code)
    partners = partners.annotate(has_offers=_is_filled("offers"), has_seeks=_is_filled("seeks"))
    return list(partners.order_by().values(*LIGHT, *more))


def _cooperation(row):
    return [name for name in ("offers", "seeks") if row[f"has_{name}"]]


# What a partner answers to each question; the questions are the fields of the form.
ANSWERS = {
    "country": lambda row: [row["country"]],
    "theme": lambda row: row["themes"],
    "kind": lambda row: [row["partner_class"]],
    "cooperation": _cooperation,
    "language": lambda row: row["working_languages"],
}


class Directory:
    """The answer to a query string for readers of a language."""

    def __init__(self, language_code, data):
        self.language_code = language_code
        self.form = DirectoryForm(data)
        asked = self.form.cleaned_data if self.form.is_valid() else None
        words = fold(asked["q"]).split() if asked else []
        self.rows = rows_for(language_code, *(TEXTS[1:] if words else ()))
        worded = [row for row in self.rows if self._has(row, words)] if asked else []
        wanted = {name: asked[name] for name in ANSWERS if asked[name]} if asked else {}
        self.found = sorted(
            (row for row in worded if self._fits(row, wanted)),
            key=lambda row: (row["is_elsewhere"], sort_key(row["title"], language_code), row["pk"]),
        )
        self.is_narrowed = bool(words or wanted or not asked)
        self.counts = {name: self._count(name, worded, wanted) for name in ANSWERS}
        self.form.show_counts(self.counts, language_code)

    @staticmethod
    def _has(row, words):
        if not words:
            return True
        text = fold(unescape(strip_tags(" ".join(row[name] for name in TEXTS))))
        return all(word in text for word in words)

    @staticmethod
    def _fits(row, wanted):
        return all(answer in ANSWERS[name](row) for name, answer in wanted.items())

    def _count(self, name, rows, wanted):
        """Return how many partners each answer to one question would bring, the other answers staying as they are."""
        others = {other: answer for other, answer in wanted.items() if other != name}
        counts = Counter(dict.fromkeys((answer for row in self.rows for answer in ANSWERS[name](row)), 0))
        counts.update(answer for row in rows if self._fits(row, others) for answer in ANSWERS[name](row))
        return counts

    def page(self, number):
        """Return a page of the list with partners as cards show them, by one query more."""
        page = Paginator(self.found, PAGE_SIZE).get_page(number)
        partners = PartnerPage.objects.for_readers(self.language_code).for_cards()
        cards = {partner.pk: partner for partner in partners.filter(pk__in=[row["pk"] for row in page.object_list])}
        page.object_list = [cards[row["pk"]] for row in page.object_list if row["pk"] in cards]
        return page
