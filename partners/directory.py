"""The directory: the partners that fit a question, in order, and what other answers would bring.

The light rows of all partners are read once and looked through here, so that the facets cost no
query of their own.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import QueryDict
from django.utils.html import strip_tags

from ecca_site.i18n.analysis import fold
from ecca_site.i18n.collation import sort_key

from .forms import DirectoryForm
from .models.profile import PartnerPage

PAGE_SIZE = 24  # partners
LIGHT = (
    "pk",
    "title",
    "translation_key",
    "url_path",
    "locale_id",
    "locale__language_code",
    "country",
    "city",
    "latitude",
    "longitude",
    "partner_class",
    "themes",
    "working_languages",
    "target_countries",
    "is_elsewhere",
    "has_offers",
    "has_seeks",
)
TEXTS = ("title", "legal_name", "short_name", "city", "offers", "seeks", "introduction")

Row = dict[str, Any]  # values of a partner by the names of its fields


def _is_filled(name: str) -> ExpressionWrapper:
    return ExpressionWrapper(~Q(**{name: ""}), output_field=BooleanField())


def rows_for(language_code: str, *more: str) -> list[Row]:
    """Return a row for each partner that readers of a language are shown, by one query.

    ``more`` names fields that the rows hold besides the light ones.
    """
    partners = PartnerPage.objects.for_readers(language_code)
    partners = partners.annotate(has_offers=_is_filled("offers"), has_seeks=_is_filled("seeks"))
    return list(partners.order_by().values(*LIGHT, *more))


def _cooperation(row: Row) -> list[str]:
    return [name for name in ("offers", "seeks") if row[f"has_{name}"]]


# The answers of a partner to each question; the questions are the fields of the form.
ANSWERS: dict[str, Callable[[Row], list[str]]] = {
    "country": lambda row: [row["country"]],
    "theme": lambda row: row["themes"],
    "kind": lambda row: [row["partner_class"]],
    "cooperation": _cooperation,
    "language": lambda row: row["working_languages"],
}


class Directory:
    """The answer to a query string for readers of a language.

    A query string that makes no sense finds none.
    """

    def __init__(self, language_code: str, data: QueryDict) -> None:
        self.language_code = language_code
        self.form = DirectoryForm(data)
        makes_sense = self.form.is_valid()
        asked = self.form.cleaned_data if makes_sense else {}
        words = fold(asked.get("q", "")).split()
        wanted = {name: asked[name] for name in ANSWERS if asked.get(name)}
        self.is_narrowed = not makes_sense or bool(words or wanted)
        self.rows = rows_for(language_code, *(TEXTS[1:] if words else ()))
        worded = [row for row in self.rows if _holds(row, words)] if makes_sense else []
        found = [row for row in worded if _fits(row, wanted)]
        self.found = sorted(found, key=self._place_of)
        self.counts = {name: self._count(name, worded, wanted) for name in ANSWERS}
        self.form.show_counts(self.counts, language_code)

    def _place_of(self, row: Row) -> tuple[Any, ...]:
        return row["is_elsewhere"], sort_key(row["title"], self.language_code), row["pk"]

    def _count(self, question: str, rows: list[Row], wanted: Mapping[str, str]) -> Counter[str]:
        """Return how many partners each answer to a question would bring.

        The answers to the other questions stay as they are.
        """
        others = {name: answer for name, answer in wanted.items() if name != question}
        answers_of = ANSWERS[question]
        counts: Counter[str] = Counter()
        for row in self.rows:
            for answer in answers_of(row):
                counts.setdefault(answer, 0)
        for row in rows:
            if _fits(row, others):
                counts.update(answers_of(row))
        return counts

    def page(self, number: str | None) -> Page:
        """Return a page of the list with partners as cards show them, by one query more."""
        page = Paginator(self.found, PAGE_SIZE).get_page(number)
        keys = [row["pk"] for row in page.object_list]
        partners = PartnerPage.objects.for_readers(self.language_code).for_cards()
        cards = {partner.pk: partner for partner in partners.filter(pk__in=keys)}
        page.object_list = [cards[key] for key in keys if key in cards]
        return page


def _holds(row: Row, words: list[str]) -> bool:
    """Return whether the texts of a partner hold all words, which are folded."""
    if not words:
        return True
    text = fold(unescape(strip_tags(" ".join(row[name] for name in TEXTS))))
    return all(word in text for word in words)


def _fits(row: Row, wanted: Mapping[str, str]) -> bool:
    return all(answer in ANSWERS[name](row) for name, answer in wanted.items())
