"""Faults that are planted into right texts, to see how many of them the checks find."""

import random
import re
from collections.abc import Callable

from ecca_site.translation.checks.dates import days_in
from ecca_site.translation.checks.language import language_of
from ecca_site.translation.checks.sentences import sentences
from ecca_site.translation.checks.view import view_of

# Returns a text with a fault in it, None where it has no place for one.
Planter = Callable[[str, str, str, random.Random], str | None]
NUMBER = re.compile(r"\d+")
TAG = re.compile(r"<[^<>]+>")
PLACES = re.compile(r"<(\w+)[^<>]*>(.*?)</\1>", re.DOTALL)
QUOTED = re.compile(r"[»«„“”]")


def number(source: str, target: str, language: str, chance: random.Random) -> str | None:
    """Change a digit, lose one or exchange two."""
    places = [match for match in NUMBER.finditer(target) if not _in_tag(target, match.start())]
    if not places:
        return None
    match = chance.choice(places)
    digits = match[0]
    ways = [_other_digit(digits, chance)]
    if len(digits) > 1:
        ways.append(digits[:-1])
        swapped = digits[1] + digits[0] + digits[2:]
        if swapped != digits:
            ways.append(swapped)
    return target[: match.start()] + chance.choice(ways) + target[match.end() :]


def date(source: str, target: str, language: str, chance: random.Random) -> str | None:
    """Write another day, or another month, in a date with a name."""
    rules = language_of(language)
    view = view_of(target)
    if rules.month_names is None:
        return None
    names = list(rules.month_names.finditer(view.plain))
    dated = [day for day in days_in(view.plain, rules) if day.days]
    if not names or not dated:
        return None
    if chance.random() < 0.5:
        name = chance.choice(names)
        start, end = view.span(name.start(), name.end())
        others = [word for word in MONTHS[language] if word != name[0].lower()]
        others = [word for word in others if not word.startswith(name[0][:3].lower())]
        return target[:start] + chance.choice(others) + target[end:]
    day = chance.choice(dated)
    start, end = view.span(day.start, day.end)
    inside = target[start:end]
    old = str(chance.choice(day.days))
    found = re.search(rf"(?<!\d){old}(?!\d)", inside)
    if found is None:
        return None
    new = str(chance.choice([n for n in range(1, 29) if n not in day.days]))
    return target[: start + found.start()] + new + target[start + found.end() :]


MONTHS = {  # as they stand behind a day
    "sl": "januarja februarja marca aprila maja junija julija avgusta septembra oktobra".split(),
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września grudnia".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre diciembre".split(),
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro dezembro".split(),
    "hu": "január február március április május június július augusztus december".split(),
    "sr-latn": "januara februara marta aprila maja juna jula avgusta septembra decembra".split(),
}


def markup(source: str, target: str, language: str, chance: random.Random) -> str | None:
    """Lose a tag with its other half, lose one half, exchange a link, or open a bracket."""
    pairs = list(PLACES.finditer(target))
    brackets = [at for at, letter in enumerate(target) if letter in "()"]
    ways: list[str] = []
    if pairs:
        match = chance.choice(pairs)
        ways.append(target[: match.start()] + match[2] + target[match.end() :])
        ways.append(target[: match.start()] + target[match.end() :])
        tag = chance.choice(list(TAG.finditer(target)))
        ways.append(target[: tag.start()] + target[tag.end() :])
    if 'id="a1"' in target:
        ways.append(target.replace('id="a1"', 'id="a9"', 1))
    if brackets:
        place = chance.choice(brackets)
        ways.append(target[:place] + target[place + 1 :])
    return chance.choice(ways) if ways else None


def lost_sentence(source: str, target: str, language: str, chance: random.Random) -> str | None:
    """Leave one sentence of several out."""
    view = view_of(target)
    found = sentences(view.plain, language_of(language))
    if len(found) < 2 or view.tags:
        return None
    start, end = view.span(*chance.choice(found))
    return f"{target[:start].rstrip()} {target[end:].lstrip()}".strip()


def left_over(source: str, target: str, language: str, chance: random.Random) -> str | None:
    """Leave one sentence of five words or more as it is in the original."""
    theirs = sentences(view_of(source).plain, language_of("en"))
    ours = sentences(view_of(target).plain, language_of(language))
    if len(theirs) != len(ours) or view_of(source).tags or view_of(target).tags:
        return None
    places = []
    for (start, end), (first, last) in zip(theirs, ours, strict=True):
        if len(source[start:end].split()) > 5:
            places.append((start, end, first, last))
    if not places:
        return None
    start, end, first, last = chance.choice(places)
    return target[:first] + source[start:end] + target[last:]


def end_mark(source: str, target: str, language: str, chance: random.Random) -> str | None:
    """Lose the last mark."""
    return target[:-1] if target[-1] in ".!?:;" else None


def quotation_mark(source: str, target: str, language: str, chance: random.Random) -> str | None:
    """Write the mark of a typewriter instead of the language's."""
    places = list(QUOTED.finditer(target))
    if not places:
        return None
    match = chance.choice(places)
    return target[: match.start()] + '"' + target[match.end() :]


def blank(source: str, target: str, language: str, chance: random.Random) -> str | None:
    """Double a blank."""
    places = [at for at, letter in enumerate(target) if letter == " " and not _in_tag(target, at)]
    if not places:
        return None
    place = chance.choice(places)
    return f"{target[:place]} {target[place:]}"


def doubled_word(source: str, target: str, language: str, chance: random.Random) -> str | None:
    """Write a word twice."""
    allowed = language_of(language).doubled
    places = []
    for match in re.finditer(r"(?<![\w.-])[^\W\d_]{2,}(?= )", target):
        if not _in_tag(target, match.start()) and match[0].lower() not in allowed:
            places.append(match)
    if not places:
        return None
    match = chance.choice(places)
    return f"{target[: match.end()]} {match[0].lower()}{target[match.end() :]}"


def unchanged(source: str, target: str, language: str, chance: random.Random) -> str | None:
    """Leave a text of two words or more as the original is."""
    return source if source != target and len(source.split()) > 1 else None


# Name, who should find it, and how it is planted.
FAULTS: tuple[tuple[str, str, Planter], ...] = (
    ("numbers", "numbers", number),
    ("dates", "dates", date),
    ("markup", "markup", markup),
    ("lost sentences", "length", lost_sentence),
    ("sentences left over", "left_over", left_over),
    ("last marks", "end_mark", end_mark),
    ("quotation marks", "quotes", quotation_mark),
    ("blanks", "blanks", blank),
    ("doubled words", "doubled", doubled_word),
    ("unchanged texts", "unchanged", unchanged),
)


def _in_tag(text: str, position: int) -> bool:
    return text.rfind("<", 0, position) > text.rfind(">", 0, position)


def _other_digit(digits: str, chance: random.Random) -> str:
    place = chance.randrange(len(digits))
    other = chance.choice([digit for digit in "123456789" if digit != digits[place]])
    return digits[:place] + other + digits[place + 1 :]
