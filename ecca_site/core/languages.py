"""The languages of the site, as browsers, feeds and Babel name them."""

from django.conf import settings

LANGUAGE_NAMES = dict(settings.LANGUAGES)


def html_lang(language_code):
    """Return the BCP 47 tag of a Django language code: "sr-latn" is "sr-Latn"."""
    language, _, script = language_code.partition("-")
    return f"{language}-{script.title()}" if script else language


def url_prefix(language_code):
    """Return the first part of a language's addresses: "sr-latn" lives under /sr/."""
    return language_code.partition("-")[0]


def babel_locale(language_code):
    return html_lang(language_code).replace("-", "_")
