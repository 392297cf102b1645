"""Colours have names, and names have colours."""

import re

import pytest
from django.conf import settings

from ecca_site.i18n.collation import has_extended_letters

SHEET = settings.BASE_DIR / "ecca_site" / "static" / "css" / "site.css"


@pytest.fixture(scope="module")
def css():
    return SHEET.read_text()


def test_only_the_tokens_name_raw_colours(css):
    below = css.partition("/* --- Base --- */")[2]
    below = re.sub(r"mask: [^;]+;", "", below)  # a mask has no colour, only opacity
    assert below
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", below) == []


def test_every_token_that_is_used_is_named(css):
    named = set(re.findall(r"^\s*(--[a-z-]+[0-9]?):", css, re.MULTILINE))
    assert set(re.findall(r"var\((--[a-z-]+[0-9]?)", css)) <= named


@pytest.mark.parametrize(
    ("language", "is_needed"),
    [("en", False), ("es", False), ("pt", False), ("sl", True), ("pl", True), ("hu", True),
     ("sr-latn", True)],
)  # fmt: skip
def test_letters_beyond_latin_1_are_fetched_where_the_alphabet_has_them(language, is_needed):
    assert has_extended_letters(language) == is_needed
