"""Measure what the checks find and what they wrongly ask, and write it into ``docs/checks.md``.

``make docs`` writes, a test compares: the figures that translators read are those of this code.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils import translation

from ecca_site.translation.checks.alarms import Alarm
from ecca_site.translation.checks.catalogue import BY_THEMSELVES, alarms_of
from ecca_site.translation.checks.consistency import Others

from .planted import FAULTS

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT / "ecca_site" / "demo" / "translations"
DOCUMENT = ROOT / "docs" / "checks.md"
SEED = 20261130
ROUNDS = 3  # faults of each kind for each text
LANGUAGES = ("es", "hu", "pl", "pt", "sl", "sr-latn")


@dataclass
class Rates:
    """What was measured of one language."""

    language: str
    texts: int = 0
    asked: list[tuple[str, str, Alarm]] = field(default_factory=list)  # wrongly, of right texts
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str, str]] = field(default_factory=list)  # fault, source, target

    @property
    def asked_texts(self) -> int:
        return len({(source, target) for source, target, _alarm in self.asked})

    def share(self, fault: str) -> float:
        """Return the share of the planted faults of a kind that were found, 1 where none was."""
        if not self.planted[fault]:
            return 1.0
        return self.found[fault] / self.planted[fault]


def texts_of(language: str) -> list[tuple[str, str]]:
    """Return the demo's approved texts of a language, each behind its original."""
    name = language.replace("-latn", "_Latn")
    return [(entry.msgid, entry.msgstr) for entry in polib.pofile(str(CORPUS / f"{name}.po"))]


def measure(language: str, seed: int = SEED) -> Rates:
    """Ask the checks of every right text of a language, and of texts with planted faults."""
    chance = random.Random(f"{seed} {language}")
    texts = texts_of(language)
    rates = Rates(language, len(texts))
    for source, target in texts:
        others = Others(
            targets=[there for text, there in texts if text == source and there != target],
            sources=[text for text, there in texts if there == target and text != source],
        )
        for alarm in alarms_of(source, target, language, "en", others=others):
            rates.asked.append((source, target, alarm))
    for source, target in texts:
        for _round in range(ROUNDS):
            _plant(rates, source, target, chance)
    return rates


def _plant(rates: Rates, source: str, target: str, chance: random.Random) -> None:
    for fault, check, plant in FAULTS:
        faulty = plant(source, target, rates.language, chance)
        if faulty is None or faulty == target:
            continue
        rates.planted[fault] += 1
        if BY_THEMSELVES[check](source, faulty, rates.language, "en"):
            rates.found[fault] += 1
        else:
            rates.missed.append((fault, source, faulty))


def tables(measured: list[Rates]) -> str:
    """Return the two rates as they stand in the document."""
    lines = ["| language | right texts | of them asked about | share |", "|---|---|---|---|"]
    for rates in measured:
        share = _percent(rates.asked_texts, rates.texts)
        lines.append(f"| {rates.language} | {rates.texts} | {rates.asked_texts} | {share} |")
    names = [rates.language for rates in measured]
    lines += ["", f"Planted by the seed {SEED}; found, of those that were planted:", ""]
    lines += [f"| fault | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    for fault, _check, _plant in FAULTS:
        cells = [f"{rates.found[fault]} of {rates.planted[fault]}" for rates in measured]
        lines.append(f"| {fault} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %"


def with_tables(text: str, made: str) -> str:
    """Return the document with the tables between its marks."""
    first, last = "<!-- rates: made by `make docs` -->", "<!-- /rates -->"
    head, _mark, rest = text.partition(first)
    _old, _mark, tail = rest.partition(last)
    return f"{head}{first}\n{made}\n{last}{tail}"


def main() -> None:
    measured = [measure(language) for language in LANGUAGES]
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(), tables(measured)))


if __name__ == "__main__":
    import django

    django.setup()
    with translation.override("en"):
        main()
