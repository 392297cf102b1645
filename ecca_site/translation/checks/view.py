"""One view of a text without tags and entities, with the way back to its positions."""

import re
from functools import cached_property, lru_cache
from html import unescape

# A tag, or an entity: the rest is letters.
MARKUP = re.compile(r"<[^<>]*>|&(?:#\d+|#x[0-9A-Fa-f]+|\w+);")
LINE_BREAK = re.compile(r"<\s*(?:br|hr)\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*")


class View:
    """A text as a reader sees it; ``plain[i]`` stands from ``starts[i]`` to ``ends[i]``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tags: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        letters: list[str] = []
        position = 0
        for match in MARKUP.finditer(text):
            self._add(letters, text[position : match.start()], position)
            position = match.end()
            self._add_markup(letters, match)
        self._add(letters, text[position:], position)
        self.plain = "".join(letters)

    def _add(self, letters: list[str], part: str, start: int) -> None:
        for number, letter in enumerate(part, start=start):
            letters.append(letter)
            self.starts.append(number)
            self.ends.append(number + 1)

    def _add_markup(self, letters: list[str], match: re.Match[str]) -> None:
        found = match[0]
        if found.startswith("<"):
            self.tags.append(found)
            shown = "\n" if LINE_BREAK.match(found) else ""
        else:
            shown = unescape(found)
        for letter in shown:
            letters.append(letter)
            self.starts.append(match.start())
            self.ends.append(match.end())

    @cached_property
    def words(self) -> list[str]:
        return WORD.findall(self.plain)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the plain text stands in the text as it is kept."""
        if not self.starts:
            return 0, len(self.text)
        if start >= len(self.starts):
            return self.ends[-1], self.ends[-1]
        if end <= start:
            return self.starts[start], self.starts[start]
        return self.starts[start], self.ends[min(end, len(self.ends)) - 1]

    def whole(self) -> tuple[int, int]:
        return 0, len(self.text)

    def is_unbroken(self, start: int, end: int) -> bool:
        """Return whether a part of the plain text holds neither tag nor entity."""
        first, last = self.span(start, end)
        return last - first == end - start


@lru_cache(maxsize=256)
def view_of(text: str) -> View:
    """Return the view of a text; twelve checks ask for the same one."""
    return View(text)
