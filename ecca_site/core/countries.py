"""Names of countries and languages in the active language, from CLDR."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language

from .languages import babel_locale

# Codes in CLDR's list of territories that are no countries.
NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
WORKING_LANGUAGES = tuple("bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sr sv tr uk".split())


def _names(language_code):
    return Locale.parse(babel_locale(language_code or get_language() or "en"))


def country_name(code, language_code=None):
    """Return a country's name in a language (by default the active one), the code where it has none."""
    return _names(language_code).territories.get(code, code)


def language_name(code, language_code=None):
    """Return a language's name in a language (by default the active one), the code where it has none.

    "sr-latn" has the name of "sr": in which script it is written goes without saying.
    """
    return _names(language_code).languages.get(code.partition("-")[0], code)


def country_choices():
    """Return every country's code and name, by name, in the active language."""
    return list(_countries(get_language() or "en"))


@cache
def _countries(language_code):
    # Every validation of a page asks for them.
    names = _names(language_code).territories
    codes = (code for code in Locale("en").territories if len(code) == 2 and code not in NO_COUNTRIES)
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda choice: choice[1])


def language_choices():
    """Return the code and name of every language a partner may work in, in the active language."""
    return [(code, language_name(code)) for code in WORKING_LANGUAGES]
