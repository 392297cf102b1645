"""A visitor finds a word in any of its forms, with or without its accents, in the language of the
address.
"""

import pytest

from ecca_site.i18n.analysis import MAX_TERM_LENGTH, Analyzer, fold
from search.full_text import hits
from search.models import Entry

FORMS = [
    ("en", "conferences", "conference"),
    ("en", "recycling of buildings", "recycled building"),
    ("sl", "Prva konferenca zavezništva", "konferenco"),
    ("sl", "Slovenski gradbeni grozd", "gradbenega grozda"),
    ("sl", "Odpadki so surovina", "odpadek"),
    ("sl", "Naši partnerji", "partnerjev"),
    ("pl", "Gospodarka o obiegu zamkniętym", "gospodarkę"),
    ("pl", "Konferencja w Lublanie", "konferencji"),
    ("es", "Construcciones circulares", "construcción"),
    ("es", "Edificios sostenibles", "edificio"),
    ("pt", "Construções em madeira", "construção"),
    ("hu", "Konferenciák", "konferencia"),
    ("hu", "Az építőiparban", "építőipar"),
    ("sr-latn", "Građevinarstvo", "građevinarstva"),
]
ACCENTS = [
    ("en", "Café Zürich", "cafe zurich"),
    ("sl", "Gradbeništvo", "gradbenistvo"),
    ("pl", "Zamówienia w Łodzi", "zamowienia w lodzi"),
    ("es", "Construcción en España", "construccion en espana"),
    ("pt", "Inovação", "inovacao"),
    ("hu", "Erőforrás és jövő", "eroforras es jovo"),
    ("sr-latn", "Građevina i životna sredina", "gradevina i zivotna sredina"),
    ("sr-latn", "Građevina", "gradjevina"),
    ("sr-latn", "Građevina", "грађевина"),
]


@pytest.mark.parametrize(("language_code", "title", "query"), FORMS + ACCENTS)
def test_a_word_is_found_in_another_form(make_page, titles, language_code, title, query):
    make_page(title, language_code=language_code)
    make_page("xyz", language_code=language_code)

    assert titles(query, language_code) == [title]


@pytest.mark.parametrize(("language_code", "title", "query"), ACCENTS[:7])
def test_accents_in_the_query_alone_do_no_harm(make_page, titles, language_code, title, query):
    make_page(query, language_code=language_code)

    assert titles(title, language_code) == [query]


@pytest.mark.parametrize(
    ("language_code", "title", "query"),
    [
        ("en", "Circular economy", "circ econ"),
        ("sl", "Gradbeništvo v Ljubljani", "gradbeniš ljub"),
        ("hu", "Építőipar", "epi"),
    ],
)
def test_the_beginnings_of_words_are_enough(make_page, search, language_code, title, query):
    make_page(title, title, language_code=language_code)
    (result,) = search(query, language_code).context["page_obj"]

    assert result.title == title
    assert result.excerpt.count("<mark>") == len(query.split())


def test_whole_words_come_before_words_that_begin_with_them(make_page, titles):
    make_page("Woodland", "Woodland woodland woodland")
    make_page("Wood")

    assert titles("wood") == ["Wood", "Woodland"]


@pytest.mark.parametrize(
    ("language_code", "title"),
    [
        ("en", "Conference"),
        ("sl", "Konferenca o recikliranju"),
        ("pl", "Cegły z Łodzi"),
        ("es", "Construcción"),
        ("pt", "Demolições"),
        ("hu", "Újrahasznosítás"),
        ("sr-latn", "Građevinarstvo"),
    ],
)
def test_every_beginning_of_every_word_finds_it_with_and_without_accents(
    make_page, language_code, title
):
    page = make_page(title, language_code=language_code)
    make_page("xyz", language_code=language_code)

    for word in title.split():
        for length in range(1, len(word) + 1):
            beginning = word[:length]
            assert hits(beginning, language_code)[0] == page.pk, beginning
            assert hits(fold(beginning), language_code)[0] == page.pk, beginning


def test_the_beginning_of_one_word_goes_with_another_form_of_a_second_word(make_page, titles):
    make_page("Timber in conferences")
    make_page("Timber")

    assert titles("timbers conferen") == ["Timber in conferences"]


def test_the_middle_of_a_word_is_not_found(make_page, titles):
    make_page("Conference")

    assert titles("ference") == []


def test_a_page_whose_entry_holds_no_whole_words_yet_is_found_by_its_stems(make_page, titles):
    page = make_page("Conferences")
    Entry.objects.filter(pk=page.pk).update(title_terms="enconfer")

    assert titles("conference") == ["Conferences"]
    assert titles("conf") == ["Conferences"]


def test_another_word_is_not_found(make_page, titles):
    make_page("Gradbeni grozd", language_code="sl")

    assert titles("konferenca", "sl") == []


def test_the_same_word_in_another_language_is_not_found(make_page, titles):
    make_page("Material", language_code="sl")
    make_page("Material passports", language_code="en")

    assert titles("material", "en") == ["Material passports"]
    assert titles("material", "sl") == ["Material"]


def test_fold_takes_every_accent():
    assert fold("ČćŠšŽžĐđŁłŐőŰűÑñĄęŃóŚźŻáéíöüãõç") == "ccsszzddlloouunnaenoszzaeiouaoc"


def test_terms_are_letters_and_digits_of_bounded_length():
    terms = Analyzer("en").analyse("O'Reilly & Söhne: *** (2017) " + "x" * 5000).split()

    assert all(term.isalnum() for term in terms)
    assert max(map(len, terms)) == len("en") + MAX_TERM_LENGTH
