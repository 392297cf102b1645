"""What the page of results shows, and what it answers to whatever is typed."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from search.full_text import MAX_HITS, hits
from search.indexing import rebuild
from search.results import EXCERPT_LENGTH, results
from tests.many import copy_many

HOSTILE = [
    "AND", "OR", "NOT", "NEAR", "NEAR(a b, 3)", "*", "quarry*", '"', '"quarry', "'", "'quarry", "(",
    ")", "((quarry",
    "a & b", "a | b", "!quarry", "quarry:*", "quarry:A", "title_terms : quarry", "{title_terms}",
    "-quarry", "+quarry",
    "^quarry", "%", "%s", "_", "\\", "\\'", "; DROP TABLE search_entry", "--", "<->", "a <-> b",
    "\u202e", "\ufeff",
    "\U0001f3d7", "ﷺ", "ß", "İ", "ꝏ", "漢字", "e\u0301",
    "\ud83c".encode("utf-8", "replace").decode(),
    "a" * 200,
    "a " * 100,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_what_looks_like_a_query_language_is_only_text(make_page, search, query):
    make_page("quarry")

    assert search(query).status_code == 200


@pytest.mark.parametrize(
    "query", ["quarry:*", '"quarry', "quarry*", "-quarry", "(quarry", "Quarry!", "  quarry  "]
)
def test_signs_around_a_word_do_not_hide_it(make_page, titles, query):
    make_page("quarry")

    assert titles(query) == ["quarry"]


@pytest.mark.parametrize("query", ["a\x00b", "a\x07b", "\x1b[31m", "a" * 201, "a" * 100_000])
@pytest.mark.parametrize("language_code", ["en", "sl", "hu"])
def test_a_query_that_cannot_be_searched_answers_400(make_home, search, query, language_code):
    make_home(language_code)

    assert search(query, language_code).status_code == 400


def test_the_form_says_what_is_wrong(make_home, search):
    response = search("a" * 201)

    assert response.context["form"].errors == {"q": ["Please search for at most 200 characters."]}
    assert response.context["query"] == ""
    assert list(response.context["page_obj"]) == []


@pytest.mark.parametrize("query", [None, "", "   ", "!!!", "nothing has this word"])
def test_without_hits_the_page_still_answers(make_page, search, query):
    make_page("quarry")
    response = search(query)

    assert response.status_code == 200
    assert list(response.context["page_obj"]) == []


def test_search_engines_do_not_keep_results(make_home, search):
    assert search("quarry").headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_search_only_reads(make_home, client, method):
    assert getattr(client, method)("/en/search/?q=quarry").status_code == 405


def test_the_excerpt_shows_every_hit_in_its_context(make_page, search):
    make_page(
        "Cities", "Lead. " * 100 + "A city is a quarry, and quarries are cities. " + "Tail. " * 100
    )
    (result,) = search("quarries").context["page_obj"]

    assert (
        "A city is a <mark>quarry</mark>, and <mark>quarries</mark> are cities." in result.excerpt
    )
    assert result.excerpt.startswith("… Lead.")
    assert result.excerpt.endswith("Tail. …")
    assert (
        len(result.excerpt) < EXCERPT_LENGTH + 2 * len("<mark></mark>") + len("… ") + len(" …") + 1
    )


def test_the_excerpt_of_a_hit_in_the_title_is_the_beginning(make_page, search):
    make_page("Quarry", "Short text.")
    (result,) = search("quarry").context["page_obj"]

    assert result.excerpt == "Short text."


def test_the_excerpt_holds_no_markup_of_the_page(make_page, search):
    attack = "<script>alert(1)</script> & \"quarry\" <img src=x onerror='alert(2)'>"
    make_page("Attack", attack)
    response = search("quarry")
    (result,) = response.context["page_obj"]

    assert result.excerpt == escape(attack).replace("quarry", "<mark>quarry</mark>")
    assert "<script>alert" not in response.text
    assert "<img src=x" not in response.text


def test_the_query_is_shown_as_text(make_home, search):
    assert "<script>alert" not in search("<script>alert(1)</script>").text


def test_a_word_without_spaces_is_cut(make_page, search):
    make_page("Long", "x" * 5000)
    (result,) = search("long").context["page_obj"]

    assert result.excerpt == "x" * EXCERPT_LENGTH + " …"


@pytest.mark.parametrize(
    ("asked", "number"), [("2", 2), ("abc", 1), ("0", 3), ("-1", 3), ("99", 3), ("9" * 5000, 1)]
)
@pytest.mark.whole
def test_every_hit_is_on_exactly_one_page(make_page, search, asked, number):
    made = [make_page(f"Quarry {i}").title for i in range(25)]
    shown = [
        result.title for i in (1, 2, 3) for result in search("quarry", page=i).context["page_obj"]
    ]

    assert sorted(shown) == sorted(made)
    assert search("quarry", page=asked).context["page_obj"].number == number


@pytest.mark.parametrize("number", [3, 300])
@pytest.mark.whole
def test_the_number_of_queries_does_not_grow_with_the_hits(
    make_page, rf, django_assert_max_num_queries, number
):
    copy_many(make_page("Quarry"), number - 1)
    rebuild()
    request = rf.get("/en/search/")
    results(
        request, hits("quarry", "en")[:1], "quarry"
    )  # addresses and page types are kept once read

    # Hits, as many as are ranked, and the entries of this page of them.
    with django_assert_max_num_queries(3):
        found = hits("quarry", "en")
        assert len(results(request, found[:10], "quarry")) == min(number, 10)
    assert len(found) == min(number, MAX_HITS)


@pytest.mark.parametrize(("query", "number"), [("nothing", 2), ("quarr", 3), ("!", 0)])
def test_a_look_costs_few_queries(make_page, rf, django_assert_num_queries, query, number):
    make_page("Quarries")

    request = rf.get("/en/search/")

    def look():
        return results(request, hits(query, "en"), query)

    look()  # addresses and page types are kept once read
    with django_assert_num_queries(number):
        look()


@pytest.mark.whole
def test_the_whole_page_needs_no_more_queries_for_300_hits_than_for_3(make_page, search):
    for i in range(3):
        make_page(f"Quarry {i}", "timber")
    copy_many(make_page("Quarry"), 296)
    rebuild()

    def queries(query):
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            search(query)
        return len(captured)

    assert queries("quarry") <= queries("timber")
