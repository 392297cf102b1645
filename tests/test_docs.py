"""The documents name what there is."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
DOCUMENTS = sorted([*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")])
PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)*/?(?:[\w-]+\.(?:py|html|toml|js|md|json|txt))?)`")
ROWS = re.compile(r"^\| *([a-zA-Z-]+) ([\d.]+) \|", re.MULTILINE)
MOST_WORDS = 25


def everything() -> set[str]:
    """Return the paths of all files and folders of the project, each behind a slash."""
    tops = [path for path in ROOT.iterdir() if path.name not in (".git", ".venv", "var")]
    paths = [path for top in tops for path in [top, *top.rglob("*")]]
    return {f"/{path.relative_to(ROOT)}" for path in paths}


def is_there(path: str, paths: set[str]) -> bool:
    """Return whether a path is one from the root or from any room."""
    return any(known.endswith(f"/{path.rstrip('/')}") for known in paths)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document):
    named = {path for path in PATH.findall(document.read_text()) if "/" in path}
    outside = {path for path in named if path.split("/")[0] in ("var", ".venv", "admin", "cms")}
    paths = everything()
    assert {path for path in named - outside if not is_there(path, paths)} == set()


def test_grips_on_other_projects_were_seen_with_what_is_installed():
    rows = ROWS.findall((ROOT / "docs/upgrading.md").read_text())
    assert len(rows) >= 6
    assert {name: version(name) for name, _seen in rows} == dict(rows)


def test_the_words_of_the_house_are_few():
    rows = [
        line for line in Path(ROOT / "docs/words.md").read_text().splitlines() if line[:1] == "|"
    ]
    assert len(rows) - 2 <= MOST_WORDS
