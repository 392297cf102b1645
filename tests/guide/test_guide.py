"""The guide's pictures: each is of a screen that worked, and is what the guide says it is."""

import re

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real
from PIL import Image

from ecca_site.guide.guides import GUIDES
from ecca_site.guide.pictures import RECORDS, Picture
from tests.e2e import guide_manifest as manifest

FOLDER = manifest.ROOT / "ecca_site/static/img/guide"
ERRORS = ("403", "404", "500", "denied", "error", "not found", "permission", "sign in")


def pictures():
    sections = [section for guide in GUIDES for section in guide.sections]
    return [part for section in sections for part in section if isinstance(part, Picture)]


def test_every_picture_is_recorded_shown_and_there():
    names = {picture.name for picture in pictures()}
    assert names == RECORDS.keys() == manifest.SHOWN.keys()
    assert {path.stem for path in FOLDER.iterdir()} == names


def test_every_picture_has_the_size_that_the_guide_says():
    for picture in pictures():
        with Image.open(FOLDER / f"{picture.name}.webp") as image:
            assert image.size == (picture.width, picture.height), picture.name


def test_no_picture_is_of_an_error_page():
    for name, record in RECORDS.items():
        assert record["status"] == 200, name
        assert record["address"].startswith("/cms/"), name
        assert record["title"], name
        assert not any(word in record["title"].lower() for word in ERRORS), name


def test_every_picture_says_in_words_what_it_shows():
    assert all(len(str(picture.alt)) > 20 for picture in pictures())


@pytest.fixture
def files(tmp_path):
    for path in {path for paths in manifest.SHOWN.values() for path in paths}:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("as it was")
    return tmp_path


def test_a_picture_is_out_of_date_when_a_file_that_it_shows_has_changed(files):
    records = {name: {"shows": manifest.sums(name, files)} for name in manifest.SHOWN}
    assert manifest.changed(records, files) == {}
    path = "ecca_site/moderation/templates/moderation/claim_cell.html"
    (files / path).write_text("otherwise")
    assert manifest.changed(records, files) == {"queue": [path]}


def test_a_picture_without_a_record_is_out_of_date():
    assert manifest.changed({}).keys() == manifest.SHOWN.keys()


# --- Its words -----------------------------------------------------------------------------------
QUOTED = re.compile("[“„»«”]([^“”„»«]+)[”“«»]")


def plain(text):
    """Return a name as it is compared.

    Labels begin with a capital letter, and a guide may shorten one.
    """
    return text.strip(" …").lower()


def interface(code):
    """Return the texts of the interface in a language, ours and Wagtail's.

    ``{English: {translations}}``.
    """
    texts = {}
    for catalogue in trans_real.translation(code)._catalog._catalogs:
        for key, text in catalogue.items():
            english = key if isinstance(key, str) else key[0]
            if text:
                texts.setdefault(plain(english.rpartition("\x04")[2]), set()).add(plain(text))
    return texts


def names_in(step, code):
    with translation.override(code):
        return [plain(name) for name in QUOTED.findall(str(step))]


STEPS = [step for guide in GUIDES for section in guide.sections for step in section[1]]


def test_every_name_in_the_guide_is_a_name_in_the_cms():
    known = interface("sl").keys()
    assert [name for step in STEPS for name in names_in(step, "en") if name not in known] == []


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_every_name_in_the_guide_is_the_one_that_the_cms_has_in_the_language(code):
    """Wagtail's Serbian lacks some: whoever reads that sees the English name in the CMS."""
    texts = interface(code)
    for step in STEPS:
        wanted, found = names_in(step, "en"), names_in(step, code)
        assert len(found) == len(wanted), found
        left = [name for name in wanted if not texts.get(name, set()) & set(found)]
        assert [name for name in left if name in texts] == []
