import pytest

from tests.drawings import DOCS, DRAWINGS, with_drawing, without_shortcuts


@pytest.mark.parametrize("file_name", DRAWINGS)
def test_a_drawing_shows_what_there_is(file_name):
    name, draw = DRAWINGS[file_name]
    text = (DOCS / file_name).read_text()
    assert f"<!-- /{name} -->" in text
    assert text == with_drawing(text, name, draw()), "make docs"


def test_an_arrow_that_a_longer_way_implies_is_left_out():
    imports = {"home": {"news", "core"}, "news": {"core"}, "core": set()}
    assert without_shortcuts(imports) == {"home": {"news"}, "news": {"core"}, "core": set()}
