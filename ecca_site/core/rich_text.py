"""Links to pages in rich text."""

from django.utils.html import format_html
from wagtail.rich_text.pages import PageLinkHandler as BasePageLinkHandler

from ecca_site.delivery.addresses import PageLink, page_links


class PageLinkHandler(BasePageLinkHandler):
    """Lead to the live page in the reader's language, or say that it is in another one.

    All links of a text are looked up by one query.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        ids = [cls._page_id(attrs) for attrs in attrs_list]
        links = page_links(set(ids))
        return [cls._tag(links.get(page_id)) for page_id in ids]

    @staticmethod
    def _page_id(attrs: dict[str, str]) -> int:
        """Return the key of a link's page; 0, which no page has, where it is no number."""
        key = attrs.get("id", "")
        return int(key) if key.isdigit() else 0

    @staticmethod
    def _tag(link: PageLink | None) -> str:
        if link is None:
            return "<a>"
        if link.is_in_other_language:
            return format_html('<a href="{}" hreflang="{}">', link.url, link.html_lang)
        return format_html('<a href="{}">', link.url)
