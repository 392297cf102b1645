"""Links to pages in rich text."""

from django.utils.html import format_html
from wagtail.rich_text.pages import PageLinkHandler as BasePageLinkHandler

from .addresses import page_links


class PageLinkHandler(BasePageLinkHandler):
    """Lead to the live page in the reader's language, or say that it is in another one; all links by one query."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        ids = [int(attrs["id"]) if attrs.get("id", "").isdigit() else 0 for attrs in attrs_list]
        links = page_links(set(ids))
        return [cls._tag(links.get(page_id)) for page_id in ids]

    @staticmethod
    def _tag(link):
        if link is None:
            return "<a>"
        if link.is_in_other_language:
            return format_html('<a href="{}" hreflang="{}">', link.url, link.html_lang)
        return format_html('<a href="{}">', link.url)
