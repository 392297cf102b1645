"""Which translations of a page are real, and where they are."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page

from .languages import html_lang


@dataclass(frozen=True)
class PageLanguage:
    """One entry of the language switcher; without an address no real translation is live."""

    code: str
    name: str
    url: str | None
    is_current: bool

    @property
    def html_lang(self):
        return html_lang(self.code)


def live_translations(page):
    """Return the live pages of all languages that say the same as ``page``, itself included; aliases are not real."""
    return (
        Page.objects.filter(translation_key=page.translation_key, live=True, alias_of__isnull=True)
        .select_related("locale")
        .only("path", "depth", "url_path", "locale__language_code", "title", "slug", "translation_key", "live")
    )


def page_languages(request, page=None):
    """Return a ``PageLanguage`` for every language; without a page, the addresses are the languages' home pages."""
    urls = {}
    if page is not None and page.pk and not getattr(request, "is_preview", False):
        if not hasattr(page, "_language_urls"):
            page._language_urls = {
                translation.locale.language_code: translation.get_full_url(request)
                for translation in live_translations(page)
            }
        urls = page._language_urls
    active = get_language()
    return [PageLanguage(code, name, urls.get(code), code == active) for code, name in settings.LANGUAGES]
