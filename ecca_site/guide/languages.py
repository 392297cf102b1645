"""The guide's table of the fate of each field in other languages (``core.facts``)."""

from dataclasses import dataclass

from django.utils.text import capfirst

from ecca_site.core.facts import Fate, labels_with, models_in_languages


@dataclass(frozen=True)
class Fates:
    """The names of the fields of one type of page or snippet, by what becomes of them."""

    label: str
    shared: str
    translated: str


def fates_of_fields() -> list[Fates]:
    """Return the rows of the table in the active language, one for each type, by its name."""
    rows = []
    for model in models_in_languages():
        row = Fates(
            label=capfirst(str(model._meta.verbose_name)),
            shared=", ".join(labels_with(model, Fate.SHARED)),
            translated=", ".join(labels_with(model, Fate.TRANSLATED)),
        )
        rows.append(row)
    return sorted(rows, key=lambda row: row.label)
