"""Terms are found in whatever form they stand in a text."""

import pytest
from django.conf import settings
from wagtail.models import Locale

from ecca_site.translation.glossary.matching import Glossary
from ecca_site.translation.glossary.models import Term
from ecca_site.translation.glossary.seeding import read_terms
from ecca_site.translation.localize.cleaning import clean_text

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]


def glossary(language_code):
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    return Glossary(
        Term.objects.prefetch_related("wordings"), locales["en"], locales[language_code]
    )


def names(entries):
    return [entry[0].name for entry in entries]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The circular economy and its value chains", ["circular economy", "value chain"]),
        ("CIRCULAR ECONOMIES", ["circular economy"]),
        ("Bricks are reused; re-use saves raw materials.", ["reuse", "raw material"]),
        ("Secondary raw materials", ["secondary raw material"]),
        ("Raw materials and secondary raw materials", ["raw material", "secondary raw material"]),
        ("construction and demolition waste", ["construction and demolition waste"]),
        (
            "A life-cycle assessment (LCA) of the life cycle",
            ["life-cycle assessment", "life cycle"],
        ),
        ("An economy that is circular", []),
        ("The conference is in Ljubljana.", []),
        ("", []),
    ],
)
def test_terms_of_a_source(site, text, found):
    assert names(glossary("sl").terms_in(text)) == found


@pytest.mark.parametrize(
    ("language_code", "source", "good", "wrong"),
    [
        ("sl", "circular economy", "v krožnem gospodarstvu", "v obnovljivem gospodarstvu"),
        ("sl", "circular economy", "Krožnega gospodarstva ni", "gospodarstvo v krogu"),
        (
            "sl",
            "construction and demolition waste",
            "ravnanje z gradbenimi odpadki",
            "ravnanje s smetmi",
        ),
        ("sl", "reuse", "o ponovni uporabi opek", "o drugi rabi opek"),
        ("sl", "bricks are reused", "opeke so ponovno uporabljene", "opeke se vrnejo"),
        ("sl", "recycled aggregates", "recikliranih agregatov", "drobljenega kamna"),
        ("pl", "circular economy", "w gospodarce o obiegu zamkniętym", "w gospodarce rynkowej"),
        ("pl", "demolition", "po rozbiórce", "po budowie"),
        ("pl", "recycled aggregate", "kruszywem z recyklingu", "kruszywem naturalnym"),
        ("pl", "life-cycle assessment", "oceny cyklu życia", "oceny kosztów"),
        (
            "es",
            "secondary raw materials",
            "las materias primas secundarias",
            "los materiales viejos",
        ),
        (
            "es",
            "construction and demolition waste",
            "residuos de la construcción y de la demolición",
            "escombros",
        ),
        ("es", "bricks are reused", "los ladrillos se reutilizan", "los ladrillos vuelven"),
        ("pt", "raw materials", "as matérias-primas", "os materiais"),
        ("pt", "selective demolition", "demolições seletivas", "demolições rápidas"),
        ("hu", "circular economy", "a körforgásos gazdaságban", "a piaci gazdaságban"),
        (
            "hu",
            "construction and demolition waste",
            "építési és bontási hulladékok",
            "kommunális hulladékok",
        ),
        ("hu", "life cycle", "az épület életciklusának", "az épület korának"),
        ("sr-latn", "circular economy", "u cirkularnoj ekonomiji", "u tržišnoj ekonomiji"),
        (
            "sr-latn",
            "building information modelling",
            "informacionim modelovanjem zgrada",
            "crtanjem zgrada",
        ),
        ("sr-latn", "secondary raw materials", "sekundarnih sirovina", "starih materijala"),
    ],
)
def test_inflected_forms_are_accepted_and_other_words_are_not(
    site, language_code, source, good, wrong
):
    terms = glossary(language_code)
    assert names(terms.terms_in(source)), "the term is found in the source"
    assert names(terms.missing(source, good)) == []
    assert len(terms.missing(source, wrong)) == 1
    assert len(terms.missing(source, "")) == 1


@pytest.mark.parametrize("language_code", LANGUAGES)
def test_every_approved_form_is_accepted_for_its_term(site, language_code):
    terms = glossary(language_code)
    assert len(terms.entries) == len(read_terms())
    for row in read_terms():
        for name in [row["name"], *row.get("en", [])]:
            assert row["name"] in names(terms.terms_in(f"We need {name}, today."))
        for form in row[language_code]:
            assert row["name"] not in names(terms.missing(row["name"], f"x {form.capitalize()}, y"))


def test_the_glossary_is_complete_and_clean():
    rows = read_terms()
    assert len(rows) >= 30
    assert len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert (
            {*LANGUAGES, "name", "explanation"}
            <= row.keys()
            <= {*LANGUAGES, "en", "name", "explanation"}
        )
        for code in LANGUAGES:
            for form in row[code]:
                assert clean_text(form, source="x") == form
        assert row["explanation"].endswith(".")
