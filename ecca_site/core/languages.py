"""The languages of the site, as browsers, feeds and Babel name them."""

from babel.core import get_global
from babel.messages.plurals import get_plural
from django.conf import settings

LANGUAGE_NAMES = dict(settings.LANGUAGES)

# The Unicode CLDR rules as gettext writes them.
PLURALS = {
    "sl": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "es": "nplurals=2; plural=(n != 1);",
    "pt": "nplurals=2; plural=(n != 1);",
    "hu": "nplurals=2; plural=(n != 1);",
    "sr_Latn": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    ),
}


def plural_forms(language_code):
    """Return the header Plural-Forms of a PO file: the number of forms, and which one a number takes."""
    locale = babel_locale(language_code)
    return PLURALS.get(locale) or get_plural(locale).plural_forms


def html_lang(language_code):
    """Return the BCP 47 tag of a Django language code: "sr-latn" is "sr-Latn"."""
    language, _, script = language_code.partition("-")
    return f"{language}-{script.title()}" if script else language


def url_prefix(language_code):
    """Return the first part of a language's addresses: "sr-latn" lives under /sr/."""
    return language_code.partition("-")[0]


def babel_locale(language_code):
    return html_lang(language_code).replace("-", "_")


def native_name(language_code):
    """Return a language's name in that language: "Slovenščina"."""
    return LANGUAGE_NAMES.get(language_code, language_code)


def by_preference(language_code):
    """Return all languages in the order in which a reader of one is shown their pages: its own, English, the others."""
    return list(dict.fromkeys([language_code, settings.LANGUAGE_CODE, *LANGUAGE_NAMES]))


def open_graph_locale(language_code):
    """Return language and country, as Open Graph wants them: "sl_SI"; the country is CLDR's likeliest in Europe."""
    language = url_prefix(language_code)
    country = {"en": "GB", "pt": "PT"}.get(language) or get_global("likely_subtags")[language][-2:]
    return f"{language}_{country}"
