"""Lists of what readers of a language are shown: keys first, from a range of the reader index."""

import hashlib
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.core.cache import cache
from django.db.models import QuerySet
from wagtail.models import Page

from .models import ReaderEntry
from .versions import language_stamp

KEPT_SECONDS = 3600

PageType = TypeVar("PageType", bound=Page)


def entries_of(model: type[Page], language_code: str) -> QuerySet[ReaderEntry]:
    """Return the entries of a type of page for readers of a language."""
    return ReaderEntry.objects.filter(language_code=language_code, kind=model._meta.label_lower)


class ReaderList(Generic[PageType]):
    """A list as a paginator reads it: counted and ordered once for each state of its language.

    ``pages`` says what is read of those that are shown, each of which knows whether it is shown for
    want of a translation (``is_elsewhere``).
    """

    def __init__(
        self, entries: QuerySet[ReaderEntry], pages: QuerySet[PageType], language_code: str
    ) -> None:
        self.entries = entries
        self.pages = pages
        self.language_code = language_code

    def own(self) -> "ReaderList[PageType]":
        """Return those of the pages that are in the language itself."""
        return ReaderList(self.entries.filter(is_elsewhere=False), self.pages, self.language_code)

    def count(self) -> int:
        number: int = self._kept("count", self.entries.count)
        return number

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[PageType]:
        def read() -> list[tuple[int, bool]]:
            return list(self.entries.values_list("page_id", "is_elsewhere")[part])

        keys = self._kept(f"{part.start}-{part.stop}", read)
        if not keys:
            return []
        pages = self.pages.in_bulk([number for number, _is_elsewhere in keys])
        found = []
        for number, is_elsewhere in keys:
            if number in pages:
                page = pages[number]
                page.is_elsewhere = is_elsewhere
                found.append(page)
        return found

    def _kept(self, name: str, read: Callable[[], Any]) -> Any:
        """Return what is read of the entries, kept while nothing of the language is published."""
        if self.entries.query.is_empty():
            return 0
        query = hashlib.sha256(str(self.entries.query).encode()).hexdigest()
        key = f"list:{language_stamp(self.language_code)}:{query}:{name}"
        return cache.get_or_set(key, read, KEPT_SECONDS)
