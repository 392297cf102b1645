"""Who wrote what a version holds, read from the versions that were saved before it.

A text belongs to everybody some of whose words are still in it: whoever puts a comma into another's
paragraph has not written it in that person's place, and neither has whoever saves it once more,
restores it, or moves it.
"""

import json
import re
from collections.abc import Iterable
from functools import lru_cache

from .changes import ROW_KEYS, Content, without_traces, written_content

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
    waiting = []
    for name, value in written_content(content).items():
        if isinstance(value, str) and value.startswith("["):
            value = _unfolded(value)
        waiting.append((name, value))
    while waiting:
        way, value = waiting.pop()
        if isinstance(value, dict):
            is_block = {"type", "value"} <= value.keys()
            for name, each in value.items():
                if name not in ROW_KEYS and not (is_block and name == "type"):
                    waiting.append((f"{way}.{name}", each))
        elif isinstance(value, list):
            for each in value:
                waiting.append((way, each))
        elif isinstance(value, str):
            if text := without_traces(value):
                found.add((way, text))
        elif value is not None:
            found.add((way, str(value)))
    return found


def _unfolded(value: str) -> object:
    """Return a stream as rows, which is stored as text."""
    try:
        return json.loads(value)
    except ValueError:
        return value


def pieces(values: Iterable[Leaf]) -> set[Piece]:
    """Return the runs of words in values, each with the way to it."""
    found: set[Piece] = set()
    for way, text in values:
        for run in _runs(text):
            found.add((way, run))
    return found


@lru_cache(maxsize=4096)
def _runs(text: str) -> tuple[tuple[str, ...], ...]:
    words = WORDS.findall(text) or [text]
    last = max(len(words) - RUN, 0)
    return tuple(tuple(words[start : start + RUN]) for start in range(last + 1))
