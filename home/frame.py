"""What stands on every page of a language: menu, footer and EU funding, read once per published version."""

from django.core.cache import cache
from django.utils.translation import get_language
from wagtail.models import Page

from ecca_site.core.versions import language_stamp

from .models import HomePage

FOOTER_FIELDS = (
    "title", "long_title", "footer_text", "funding_statement", "funding_disclaimer", "is_disclaimer_sample",
    "linkedin_label", "linkedin_url", "join_label", "share_enabled",
)  # fmt: skip


def site_frame(language_code=None):
    """Return the frame of a language as plain data: two queries, or none while nothing was published since."""
    language_code = language_code or get_language()
    key = f"frame:{language_stamp(language_code)}:{language_code}"
    frame = cache.get(key)
    if frame is None:
        frame = _read_frame(language_code)
        cache.set(key, frame, 3600)
    return frame


def _read_frame(language_code):
    home = HomePage.objects.live().filter(locale__language_code=language_code).select_related("locale").first()
    if home is None:
        return {"home": None, "menu": [], "footer_links": []}
    children = Page.objects.child_of(home).live().public().filter(alias_of=None).select_related("locale")
    entries = [
        {"title": page.title, "url": page.get_url(), "key": str(page.translation_key), "in_menu": page.show_in_menus}
        for page in children
    ]
    details = {name: getattr(home, name) for name in FOOTER_FIELDS} | {"url": home.get_url()}
    join = home.join_page.localized if home.join_page_id else None
    details["join_url"] = join.get_url() if join and join.live and join.locale_id == home.locale_id else ""
    return {
        "home": details,
        "menu": [entry for entry in entries if entry["in_menu"]],
        "footer_links": [entry for entry in entries if not entry["in_menu"]],
    }
