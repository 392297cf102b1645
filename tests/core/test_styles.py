"""Colours have names, and names have colours."""

import re

import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "ecca_site" / "static" / "css"


@pytest.mark.parametrize("name", ["base.css", "layout.css", "components.css", "print.css"])
def test_only_the_tokens_name_raw_colours(name):
    css = re.sub(
        r"mask: [^;]+;", "", (FOLDER / name).read_text()
    )  # a mask has no colour, only opacity
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", css) == []


def test_every_token_that_is_used_is_named():
    css = "".join(
        (FOLDER / f"{name}.css").read_text()
        for name in ("tokens", "base", "layout", "components", "print")
    )
    named = set(re.findall(r"^\s*(--[a-z-]+[0-9]?):", css, re.MULTILINE))
    assert set(re.findall(r"var\((--[a-z-]+[0-9]?)", css)) <= named
