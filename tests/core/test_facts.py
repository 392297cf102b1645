"""Each field says once what becomes of it in other languages."""

import pytest
from django.core.checks import run_checks

from conferences.models import ConferencePage, Speaker
from ecca_site.core import facts
from ecca_site.core.facts import Fate, declarations_of, models_in_languages, names_in, own, shared
from ecca_site.core.models import BasePage
from news.models import NewsPage


def test_no_field_is_undeclared_and_none_declared_twice():
    models = models_in_languages()
    assert {NewsPage, ConferencePage, Speaker} <= set(models)
    for model in models:
        declared = [name for name, _fate in declarations_of(model)]
        assert sorted(declared) == sorted(names_in(model)), model


def test_fields_of_wagtail_and_child_relations_are_declared_too():
    assert {"seo_title", "go_live_at", "path", "wagtail_admin_comments"} <= set(names_in(NewsPage))


@pytest.mark.parametrize(
    ("declaration", "number", "name"),
    [
        ((), "ecca.E011", "topic"),
        ((shared("topic"), own("topic")), "ecca.E012", "topic"),
        ((shared("topic", "title"),), "ecca.E012", "title"),
        ((shared("topic", "colour"),), "ecca.E013", "colour"),
    ],
)
def test_the_check_tells_what_is_wrong(monkeypatch, declaration, number, name):
    kept = [each for each in NewsPage.in_other_languages if each.fate is not Fate.SHARED]
    rest = shared("date", "related_partner", "related_conference")
    monkeypatch.setattr(NewsPage, "in_other_languages", (*kept, rest, *declaration))
    [error] = [error for error in run_checks() if error.id.startswith("ecca.E01")]
    assert (error.id, error.obj, f"“{name}”" in error.msg) == (number, NewsPage, True)


def test_rows_of_their_own_cannot_be_shared(monkeypatch):
    kept_of_pages = facts.KEPT_OF_PAGES
    others = [name for name in kept_of_pages.names if name != "wagtail_admin_comments"]
    kept = [each for each in BasePage.in_other_languages if each is not kept_of_pages]
    relation = shared("wagtail_admin_comments")
    monkeypatch.setattr(BasePage, "in_other_languages", (*kept, own(*others), relation))
    errors = facts.errors_in(NewsPage)
    assert [(error.id, "wagtail_admin_comments" in error.msg) for error in errors] == [
        ("ecca.E014", True)
    ]


def test_what_is_a_fact_and_what_is_text():
    from partners.models import PartnerPage

    texts = facts.names_with(PartnerPage, Fate.TRANSLATED)
    assert texts == [
        "title", "seo_title", "search_description", "sample_note", "legal_name", "logo_alt",
        "introduction", "offers", "seeks", "labels",
    ]  # fmt: skip
    assert facts.shared_fields(Speaker) == ["picture"]
