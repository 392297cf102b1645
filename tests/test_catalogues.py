"""Every interface text is translated into every language, with its placeholders and all its plural
forms.
"""

import re
from pathlib import Path

import polib
import pytest
from babel import Locale
from django.conf import settings
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext, ngettext
from wagtail import admin

from ecca_site.i18n.dates import cldr_locale
from ecca_site.i18n.languages import babel_locale
from ecca_site.i18n.wagtail_texts import AT_THE_DOOR, TEXTS

CODES = [code for code, _name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue(code):
    return polib.pofile(
        str(Path(settings.LOCALE_PATHS[0]) / babel_locale(code) / "LC_MESSAGES" / "django.po")
    )


@pytest.mark.whole
@pytest.mark.parametrize("code", CODES)
def test_nothing_is_missing(code):
    """What lacks is said while one works, by ``make run``, and stops what is to land."""
    assert len(catalogue(code)) > 300
    assert [entry.msgid for entry in catalogue(code).untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue(code) if not all(forms_of(entry))] == []


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_doubtful(code):
    for entry in catalogue(code):
        assert "fuzzy" not in entry.flags, entry.msgid
        assert not entry.obsolete, entry.msgid
        expected = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for form in filter(None, forms_of(entry)):
            assert form.strip(), entry.msgid
            assert set(PLACEHOLDER.findall(form)) == expected, form


def forms_of(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_each_text_names_the_files_that_show_it():
    entries = catalogue("sl")
    assert [entry.msgid for entry in entries if not entry.occurrences and not_ours(entry)] == []


def not_ours(entry):
    return entry.msgid not in {*TEXTS, *AT_THE_DOOR}


def test_what_is_not_translated_is_counted_while_one_works(tmp_path, settings, capsys):
    folder = tmp_path / "sl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path]
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Brick"\nmsgstr "Opeka"\n\nmsgid "Timber"\nmsgstr ""\n'
    )
    call_command("compile_catalogues")
    assert capsys.readouterr().err == "sl: 1 texts not translated\n"
    call_command("compile_catalogues")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("code", CODES)
def test_plural_forms_are_those_of_the_language(code):
    forms = {rule.partition(";")[0] for rule in [catalogue(code).metadata["Plural-Forms"]]}
    # CLDR counts fractions and millions ("many" in Spanish and Portuguese, "other" in Slavic ones)
    # apart.
    expected = {"sl": 4, "pl": 3, "es": 2, "pt": 2, "hu": 2, "sr-latn": 3}[code]
    assert forms == {f"nplurals={expected}"}
    rule = Locale.parse(cldr_locale(code)).plural_form
    for entry in catalogue(code):
        if entry.msgid_plural:
            assert len(entry.msgstr_plural) == expected
            by_category = {}
            with translation.override(code):
                for number in range(120):
                    shown = ngettext(entry.msgid, entry.msgid_plural, number)
                    by_category.setdefault(rule(number), set()).add(shown)
            assert all(len(shown) == 1 for shown in by_category.values()), by_category


@pytest.mark.parametrize("code", CODES)
def test_the_catalogue_is_in_use(code):
    with translation.override(code):
        assert gettext("Skip to the content") != "Skip to the content"


def wagtails_catalogue(folder):
    path = Path(admin.__file__).parent / "locale" / folder / "LC_MESSAGES" / "django.po"
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}


def test_texts_that_wagtail_lacks_are_still_its_texts_and_still_missing():
    """When it has them itself, or says something else, ours may go."""
    assert {*TEXTS, *AT_THE_DOOR} <= wagtails_catalogue("en").keys()
    catalogues = [wagtails_catalogue(folder) for folder in ("sl", "pl", "es", "pt_PT", "hu")]
    for text in TEXTS:
        assert not all(catalogue.get(text) for catalogue in catalogues), text


@pytest.mark.parametrize("code", CODES)
def test_texts_that_wagtail_lacks_are_shown_in_every_language(code):
    with translation.override(code):
        assert [text for text in (*TEXTS, *AT_THE_DOOR) if gettext(text) == text] == []
