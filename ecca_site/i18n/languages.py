"""The languages of the site, as browsers, feeds and Babel name them."""

from babel.core import get_global
from babel.messages.plurals import get_plural
from django.conf import settings
from django.utils.translation import get_language

LANGUAGE_NAMES = dict(settings.LANGUAGES)

# The Unicode CLDR rules as gettext writes them.
PLURALS = {
    "sl": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "es": "nplurals=2; plural=(n != 1);",
    "pt": "nplurals=2; plural=(n != 1);",
    "hu": "nplurals=2; plural=(n != 1);",
    "sr_Latn": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 "
        "&& (n%100<12 || n%100>14) ? 1 : 2);"
    ),
}


def source_language() -> str:
    """Return the code of the language that originals and the texts of the code are written in."""
    code: str = settings.LANGUAGE_CODE
    return code


def is_source(language_code: str) -> bool:
    return language_code == source_language()


def other_languages() -> list[str]:
    """Return the codes of all languages that are translated into, in the order of the settings."""
    return [code for code in LANGUAGE_NAMES if not is_source(code)]


def active_language() -> str:
    """Return the code of the active language, or that of the source where none is active."""
    return get_language() or source_language()


def plural_forms(language_code: str) -> str:
    """Return the header Plural-Forms of a PO file: how many forms, and which one a number takes."""
    locale = babel_locale(language_code)
    if locale in PLURALS:
        return PLURALS[locale]
    return get_plural(locale).plural_forms


def html_lang(language_code: str) -> str:
    """Return the BCP 47 tag of a Django language code: "sr-latn" is "sr-Latn"."""
    language, _, script = language_code.partition("-")
    return f"{language}-{script.title()}" if script else language


def url_prefix(language_code: str) -> str:
    """Return the first part of a language's addresses: "sr-latn" lives under /sr/."""
    return language_code.partition("-")[0]


def babel_locale(language_code: str) -> str:
    """Return Babel's and gettext's name of a language: "sr-latn" is "sr_Latn"."""
    return html_lang(language_code).replace("-", "_")


def native_name(language_code: str) -> str:
    """Return a language's name in that language: "Slovenščina"."""
    return LANGUAGE_NAMES.get(language_code, language_code)


def by_preference(language_code: str) -> list[str]:
    """Return all languages in the order in which a reader of one is shown their pages.

    The reader's own language comes first, then the source's, then the others.
    """
    return list(dict.fromkeys([language_code, source_language(), *LANGUAGE_NAMES]))


def open_graph_locale(language_code: str) -> str:
    """Return language and country as Open Graph wants them, "sl_SI".

    The country is CLDR's likeliest one in Europe.
    """
    language = url_prefix(language_code)
    in_europe = {"en": "GB", "pt": "PT"}
    if language in in_europe:
        return f"{language}_{in_europe[language]}"
    country = get_global("likely_subtags")[language][-2:]
    return f"{language}_{country}"
