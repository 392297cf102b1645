"""The directory: the partners that fit a question, in order, and what other answers would bring.

All of it is asked of the reader index: no list of all partners is read for a visitor.
"""

from collections import Counter
from collections.abc import Collection, Mapping

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import QueryDict

from ecca_site.delivery.models import ReaderEntry, ReaderFacet, ReaderText
from ecca_site.delivery.reader_lists import entries_of
from ecca_site.delivery.versions import language_stamp
from ecca_site.i18n.analysis import fold

from .facets import QUESTIONS
from .forms import DirectoryForm
from .models.profile import PartnerPage

PAGE_SIZE = 24  # partners
FACET_SECONDS = 3600

Counts = dict[str, Counter[str]]  # of partners, by question and answer


class Directory:
    """The answer to a query string for readers of a language.

    A query string that makes no sense finds none.
    """

    def __init__(self, language_code: str, data: QueryDict) -> None:
        self.language_code = language_code
        self.form = DirectoryForm(data)
        self.makes_sense = self.form.is_valid()
        asked = self.form.cleaned_data if self.makes_sense else {}
        self.words = fold(asked.get("q", "")).split()
        self.wanted = {name: asked[name] for name in QUESTIONS if asked.get(name)}
        self.is_narrowed = not self.makes_sense or bool(self.words or self.wanted)
        self.found = PartnerPage.objects.shown_in(language_code, self._entries(self.wanted))
        self.counts = self._counts()
        self.form.show_counts(self.counts, language_code)

    def page(self, number: str | None) -> Page:
        """Return a page of the list with partners as cards show them."""
        return Paginator(self.found, PAGE_SIZE).get_page(number)

    def _entries(self, wanted: Mapping[str, str]) -> QuerySet[ReaderEntry]:
        """Return the entries of the partners that give some answers and hold all words."""
        entries = entries_of(PartnerPage, self.language_code)
        if not self.makes_sense:
            return entries.none()
        for question, answer in wanted.items():
            same = ReaderFacet.objects.filter(question=question, answer=answer)
            entries = entries.filter(page__in=same.values("page"))
        if self.words:
            texts = ReaderText.objects.all()
            for word in self.words:
                texts = texts.filter(text__contains=word)
            entries = entries.filter(page__in=texts.values("page"))
        return entries

    def _counts(self) -> Counts:
        """Return how many partners each answer to a question would bring.

        The answers to the other questions stay as they are. An answer that some partner gives is
        counted, be it by nought.
        """
        everything = self._of_everything()
        if not self.is_narrowed:
            return everything
        counts = {}
        unasked = _count(self._entries(self.wanted), set(QUESTIONS) - set(self.wanted))
        for question in QUESTIONS:
            here = unasked
            if question in self.wanted:
                others = {name: answer for name, answer in self.wanted.items() if name != question}
                here = _count(self._entries(others), {question})
            counts[question] = Counter(dict.fromkeys(everything[question], 0))
            counts[question].update(here[question])
        return counts

    def _of_everything(self) -> Counts:
        """Return the counts of all partners, which are kept while nothing is published."""
        key = f"facets:{language_stamp(self.language_code)}:{self.language_code}"
        entries = entries_of(PartnerPage, self.language_code)
        counts: Counts = cache.get_or_set(key, lambda: _count(entries, QUESTIONS), FACET_SECONDS)
        return counts


def _count(entries: QuerySet[ReaderEntry], questions: Collection[str]) -> Counts:
    """Return the answers that partners give to some questions, by one query, none for none."""
    counts: Counts = {question: Counter() for question in questions}
    if not counts:
        return counts
    facets = ReaderFacet.objects.filter(question__in=questions, page__in=entries.values("page"))
    numbers = facets.order_by().values("question", "answer").annotate(number=Count("page"))
    for question, answer, number in numbers.values_list("question", "answer", "number"):
        counts[question][answer] = number
    return counts
