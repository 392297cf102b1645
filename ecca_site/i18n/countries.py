"""Names of countries and languages in the active language, from CLDR."""

from functools import cache

from babel import Locale

from .languages import active_language, babel_locale

# Codes in CLDR's list of territories that do not stand for a country.
NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
WORKING_LANGUAGES = tuple(
    "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sr sv tr uk".split()
)


def _locale(language_code: str | None = None) -> Locale:
    """Return Babel's data of a language, by default of the active one."""
    return Locale.parse(babel_locale(language_code or active_language()))


def country_name(code: str, language_code: str | None = None) -> str:
    """Return a country's name in a language, by default the active one; its code if it has none."""
    return _locale(language_code).territories.get(code, code)


def language_name(code: str, language_code: str | None = None) -> str:
    """Return a language's name in another, by default the active one; its code if it has none.

    "sr-latn" has the name of "sr": in which script it is written goes without saying.
    """
    return _locale(language_code).languages.get(code.partition("-")[0], code)


def country_choices() -> list[tuple[str, str]]:
    """Return every country's code and name, ordered by name, in the active language."""
    return list(_countries(active_language()))


# Kept, because every validation of a page asks for it.
@cache
def _countries(language_code: str) -> list[tuple[str, str]]:
    choices = []
    for key in Locale("en").territories:
        code = str(key)
        # Codes of three digits are continents and regions.
        if len(code) == 2 and code not in NO_COUNTRIES:
            choices.append((code, country_name(code, language_code)))
    return sorted(choices, key=lambda choice: choice[1])


def language_choices() -> list[tuple[str, str]]:
    """Return the code and name of every language a partner may work in, in the active language."""
    return [(code, language_name(code)) for code in WORKING_LANGUAGES]
