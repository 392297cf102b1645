"""The frame of all pages on the coverage board: menu, footer and EU funding texts."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ecca_site.i18n.languages import source_language
from ecca_site.i18n.originals import originals_among
from ecca_site.translation.coverage.texts import Texts

from .models import HomePage

FOOTER = ("footer_text", "linkedin_label", "join_label")
FUNDING = ("funding_statement", "funding_disclaimer")


def frame_texts() -> Iterator[Texts]:
    """Yield how much of menu, footer and funding texts is live in each language, by one query."""
    live = Page.objects.filter(depth__in=(2, 3), live=True, alias_of=None)
    pages = list(live.select_related("locale", "homepage"))
    homes = {page.locale.language_code: page.homepage for page in pages if page.depth == 2}
    yield _menu(pages, homes)
    for label, names in ((_("Footer"), FOOTER), (_("EU funding"), FUNDING)):
        done = {code: _number_filled(home, names) for code, home in homes.items()}
        yield Texts(label, done.get(source_language(), 0), done)


def _menu(pages: Sequence[Page], languages: Iterable[str]) -> Texts:
    """Return how many of the menu's entries each language has."""
    wanted = set()
    for page in originals_among(pages):
        if page.depth == 3 and page.show_in_menus:
            wanted.add(page.translation_key)
    entries = dict.fromkeys(languages, 0)
    for page in pages:
        if page.translation_key in wanted:
            code = page.locale.language_code
            entries[code] = entries.get(code, 0) + 1
    return Texts(_("Menu"), len(wanted), entries)


def _number_filled(home: HomePage, names: Sequence[str]) -> int:
    return len([name for name in names if getattr(home, name)])
