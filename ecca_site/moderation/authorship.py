"""Who wrote what a version holds, read from the versions that were saved before it.

A text belongs to everybody some of whose words are still in it: whoever puts a comma into another's
paragraph has not written it in that person's place, and neither has whoever saves it once more,
restores it, or moves it.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .changes import Content, meaning, written_content

WORDS = re.compile(r"\w+")
RUN = 4  # words in a row that are somebody's; a shorter text is somebody's as a whole

Leaf = tuple[str, str]  # the names on the way to a value, and the value
Piece = tuple[str, tuple[str, ...]]  # the same of some words of it


def writers_of(
    content: Content, approved: Content | None, saves: Iterable[tuple[int | None, Content]]
) -> set[int]:
    """Return the primary keys of those who wrote what a version holds and is not approved yet.

    ``approved`` is the version that visitors read, None where they read none; ``saves`` are the
    versions of the page, oldest first, each with the key of whoever saved it.
    """
    new = pieces(leaves(content)) - pieces(leaves(approved or {}))
    writers = set()
    before: set[Leaf] = set()
    for user_id, saved in saves:
        now = leaves(saved)
        written = pieces(now - before) - pieces(before - now)
        if user_id is not None and written & new:
            writers.add(user_id)
        before = now
    return writers


def leaves(content: Content) -> set[Leaf]:
    """Return the values that people wrote or chose in the stored content of a version.

    Neither keys nor the order of rows and blocks count.
    """
    found: set[Leaf] = set()
    for name, value in written_content(content).items():
        found.update(_leaves_below(name, meaning(_unfolded(value))))
    return found


def _unfolded(value: object) -> object:
    """Return a stream as rows, which is stored as text."""
    if isinstance(value, str) and value.startswith("["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _leaves_below(way: str, value: object) -> Iterator[Leaf]:
    if isinstance(value, dict):
        is_block = {"type", "value"} <= value.keys()
        for name, each in value.items():
            if not (is_block and name == "type"):
                yield from _leaves_below(f"{way}.{name}", each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves_below(way, each)
    elif value not in (None, ""):
        yield way, str(value)


def pieces(values: Iterable[Leaf]) -> set[Piece]:
    """Return the runs of words in values, each with the way to it."""
    found: set[Piece] = set()
    for way, text in values:
        found.update((way, run) for run in _runs(text))
    return found


@lru_cache(maxsize=4096)
def _runs(text: str) -> tuple[tuple[str, ...], ...]:
    words = WORDS.findall(text) or [text]
    last = max(len(words) - RUN, 0)
    return tuple(tuple(words[start : start + RUN]) for start in range(last + 1))
