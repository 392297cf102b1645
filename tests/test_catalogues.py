"""Every interface text is translated into every language, with its placeholders and all its plural forms."""

import re
from pathlib import Path

import polib
import pytest
from babel import Locale
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from ecca_site.core.dates import cldr_locale
from ecca_site.core.languages import babel_locale

CODES = [code for code, _name in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue(code):
    return polib.pofile(str(Path(settings.LOCALE_PATHS[0]) / babel_locale(code) / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_missing_or_doubtful(code):
    assert len(catalogue(code)) > 300
    for entry in catalogue(code):
        assert "fuzzy" not in entry.flags, entry.msgid
        assert not entry.obsolete, entry.msgid
        forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        for form in forms:
            assert form.strip(), entry.msgid
            assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)), form


@pytest.mark.parametrize("code", CODES)
def test_plural_forms_are_those_of_the_language(code):
    forms = {rule.partition(";")[0] for rule in [catalogue(code).metadata["Plural-Forms"]]}
    # CLDR counts fractions and millions ("many" in Spanish and Portuguese, "other" in Slavic ones) apart.
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
