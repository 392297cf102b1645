from datetime import datetime, time
from urllib.parse import urljoin

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from ecca_site.core.typed import without_control_characters
from ecca_site.i18n.languages import html_lang

from .models import NewsPage

EMBLEM = "img/eu-emblem-144.png"  # 144 by 96 pixels, the most that RSS allows


def for_xml(values: dict[str, object]) -> dict[str, object]:
    """Return the values of a feed or an entry as XML can hold them."""
    held = {}
    for name, value in values.items():
        held[name] = without_control_characters(value) if isinstance(value, str) else value
    return held


class TypedTextMixin(SyndicationFeed):
    """A feed of what people have typed: no character of theirs takes all of it down."""

    def __init__(self, **values: object) -> None:
        super().__init__(**for_xml(values))

    def add_item(self, **values: object) -> None:
        super().add_item(**for_xml(values))


class RssWithEmblem(TypedTextMixin, Rss201rev2Feed):
    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.startElement("image", {})
        handler.addQuickElement("url", self.feed["emblem"])
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("link", self.feed["link"])
        handler.endElement("image")


class AtomWithEmblem(TypedTextMixin, Atom1Feed):
    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("logo", self.feed["emblem"])


class NewsRssFeed(Feed):
    """The newest news of one language as RSS, with the EU emblem and the funding statement."""

    feed_type = RssWithEmblem
    url_name = "news_rss"
    item_limit = 30

    @property
    def language(self) -> str:
        return html_lang(get_language())

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def title(self, request: HttpRequest) -> str:
        return _("ECCA news")

    def description(self, request: HttpRequest) -> str:
        return render_to_string("news/feed_description.txt", request=request).strip()

    def link(self, request: HttpRequest) -> str:
        return reverse("wagtail_serve", args=[""])

    def feed_url(self, request: HttpRequest) -> str:
        return reverse(self.url_name)

    def feed_guid(self, request: HttpRequest) -> str:
        return request.build_absolute_uri(self.feed_url(request))

    def feed_extra_kwargs(self, request: HttpRequest) -> dict[str, str]:
        return {"emblem": request.build_absolute_uri(static(EMBLEM))}

    def items(self, request: HttpRequest) -> list[NewsPage]:
        own = NewsPage.objects.live().filter(locale__language_code=get_language(), alias_of=None)
        pages = list(own.newest_first().for_cards()[: self.item_limit])
        for page in pages:
            # Django's feed asks for the link of an item, and says nothing of the request.
            page.feed_link = urljoin(request.build_absolute_uri("/"), page.get_url(request))
        return pages

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return f"{item.summary}\n\n{item.sample_note}".strip()

    def item_link(self, item: NewsPage) -> str:
        return item.feed_link

    def item_pubdate(self, item: NewsPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(12)))

    def item_updateddate(self, item: NewsPage) -> datetime | None:
        return item.last_published_at

    def item_categories(self, item: NewsPage) -> list[str]:
        return [item.get_topic_display()]


class NewsAtomFeed(NewsRssFeed):
    """The same as Atom."""

    feed_type = AtomWithEmblem
    url_name = "news_atom"

    def subtitle(self, request: HttpRequest) -> str:
        return self.description(request)

    def author_name(self, request: HttpRequest) -> str:
        return "European Circular Construction Alliance"
