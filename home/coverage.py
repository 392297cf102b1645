"""What of the frame of all pages each language has: menu, footer and EU funding texts."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ecca_site.translation.coverage_texts import Texts

FOOTER = ("footer_text", "linkedin_label", "join_label")
FUNDING = ("funding_statement", "funding_disclaimer")


def frame_texts():
    """Return how much of menu, footer and funding texts is live in each language, by one query."""
    pages = Page.objects.filter(depth__in=(2, 3), live=True, alias_of=None)
    pages = list(pages.select_related("locale", "homepage"))
    homes = {page.locale.language_code: page.homepage for page in pages if page.depth == 2}
    wanted = {
        page.translation_key
        for page in pages
        if page.depth == 3 and page.show_in_menus and page.locale.language_code == settings.LANGUAGE_CODE
    }
    entries = dict.fromkeys(homes, 0)
    for page in pages:
        if page.translation_key in wanted:
            entries[page.locale.language_code] = entries.get(page.locale.language_code, 0) + 1
    yield Texts(_("Menu"), len(wanted), entries)
    for label, names in ((_("Footer"), FOOTER), (_("EU funding"), FUNDING)):
        done = {code: sum(bool(getattr(home, name)) for name in names) for code, home in homes.items()}
        yield Texts(label, done.get(settings.LANGUAGE_CODE, 0), done)
