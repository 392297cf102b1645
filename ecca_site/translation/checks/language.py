"""What the checks know of each language, read from ``languages/*.toml``."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "languages"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Language:
    """The rules of one language; one without a file has none, and is asked less."""

    code: str
    months: tuple[str, ...] = ()  # stems with their endings, as regular expressions
    unsure_months: tuple[int, ...] = ()  # those that are words besides: a number must stand by
    year_first: bool = False
    quotes: tuple[Pair, ...] = ()  # the pair of the language, then what may stand inside
    abbreviations: frozenset[str] = frozenset()  # that end in a full stop and no sentence
    has_dotted_ordinals: bool = False  # "11. januarja"
    thousands: str = ""  # what may stand between groups of three digits
    doubled: frozenset[str] = frozenset()  # words that may follow themselves
    common: frozenset[str] = frozenset()  # the small words by which it is known
    keep: frozenset[str] = frozenset()  # words that are the same as in the original
    length: tuple[float, float] = (0.0, 100.0)  # of a translation, for one letter of the original
    forbidden: tuple[Pair, ...] = ()  # a wrong wording and the right one
    numerals: tuple[tuple[str, int], ...] = ()  # words of numbers

    @cached_property
    def month_names(self) -> re.Pattern[str] | None:
        """The name of a month, in whatever form; the number of the group is that of the month."""
        if not self.months:
            return None
        names = [f"({stem})" for stem in self.months]
        return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(names)})(?![^\W\d_])", re.IGNORECASE)


@lru_cache(maxsize=32)
def language_of(code: str) -> Language:
    """Return the rules of a language by its code, those of none where there is no file."""
    path = FOLDER / f"{code}.toml"
    if not re.fullmatch(r"[a-z-]+", code) or not path.exists():
        return Language(code)
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Language(
        code,
        months=tuple(data["months"]),
        unsure_months=tuple(data.get("unsure_months", ())),
        year_first=data.get("year_first", False),
        quotes=tuple((pair[0], pair[1]) for pair in data["quotes"]),
        abbreviations=frozenset(data["abbreviations"].split()),
        has_dotted_ordinals=data.get("has_dotted_ordinals", False),
        thousands=data["thousands"],
        doubled=frozenset(data.get("doubled", "").split()),
        common=frozenset(data["common"].split()),
        keep=frozenset(data["keep"].split()),
        length=(data["length"][0], data["length"][1]),
        forbidden=tuple((wrong, right) for wrong, right in data.get("forbidden", {}).items()),
        numerals=tuple(data.get("numerals", {}).items()),
    )
