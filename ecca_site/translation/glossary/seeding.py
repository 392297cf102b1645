"""The terms that the site begins with: ``terms.toml`` holds them in its seven languages."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from .models import Term, Wording

TERMS = Path(__file__).parent / "terms.toml"


def read_terms() -> list[dict[str, Any]]:
    """Return the rows of the file: name, explanation, and the approved forms by language code."""
    return tomllib.loads(TERMS.read_text())["term"]


@transaction.atomic
def seed_glossary() -> int:
    """Add the terms and languages that are missing; what people have changed stays.

    Return how many terms are new.
    """
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    present = {term.name: term for term in Term.objects.prefetch_related("wordings")}
    rows = read_terms()
    number = 0
    for row in rows:
        if row["name"] not in present:
            term = Term(name=row["name"], explanation=row["explanation"])
            term.save()
            present[term.name] = term
            number += 1
    known = set(Wording.objects.values_list("term", "locale"))
    wordings = []
    for row in rows:
        term = present[row["name"]]
        for code, locale in locales.items():
            if code in row and (term.pk, locale.pk) not in known:
                wordings.append(Wording(term=term, locale=locale, forms="\n".join(row[code])))
    Wording.objects.bulk_create(wordings)
    return number
