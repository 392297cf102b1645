"""The terms that the site begins with: ``terms.toml`` holds them in its seven languages."""

import tomllib
from pathlib import Path

from django.db import transaction
from wagtail.models import Locale

from .models import Term, Wording

TERMS = Path(__file__).parent / "terms.toml"
EXPLAINED = ("name", "explanation")


def read_terms():
    """Return the rows of the file: name, explanation, and the approved forms by language code."""
    return tomllib.loads(TERMS.read_text())["term"]


@transaction.atomic
def seed_glossary():
    """Add the terms and languages that are missing; what people have changed stays. Return how many terms are new."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    present = {term.name: term for term in Term.objects.prefetch_related("wordings")}
    rows = read_terms()
    new = [Term(name=row["name"], explanation=row["explanation"]) for row in rows if row["name"] not in present]
    for term in new:
        term.save()
        present[term.name] = term
    known = set(Wording.objects.values_list("term", "locale"))
    Wording.objects.bulk_create(
        Wording(term=present[row["name"]], locale=locales[code], forms="\n".join(forms))
        for row in rows
        for code, forms in row.items()
        if code not in EXPLAINED and code in locales and (present[row["name"]].pk, locales[code].pk) not in known
    )
    return len(new)
