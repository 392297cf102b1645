from datetime import datetime, time
from urllib.parse import urljoin

from django.contrib.syndication.views import Feed
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .models import NewsPage

EMBLEM = "img/eu-emblem-144.png"  # 144 by 96 pixels, the most that RSS allows


class RssWithEmblem(Rss201rev2Feed):
    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        handler.startElement("image", {})
        handler.addQuickElement("url", self.feed["emblem"])
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("link", self.feed["link"])
        handler.endElement("image")


class AtomWithEmblem(Atom1Feed):
    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        handler.addQuickElement("logo", self.feed["emblem"])


class NewsRssFeed(Feed):
    """The newest news of one language, with the EU emblem and the funding statement in the feed itself."""

    feed_type = RssWithEmblem
    url_name = "news_rss"
    item_limit = 30

    def get_object(self, request):
        return request

    def title(self, request):
        return _("ECCA news")

    def description(self, request):
        return render_to_string("news/feed_description.txt", request=request).strip()

    def link(self, request):
        return reverse("wagtail_serve", args=[""])

    def feed_url(self, request):
        return reverse(self.url_name)

    def feed_guid(self, request):
        return request.build_absolute_uri(self.feed_url(request))

    def feed_extra_kwargs(self, request):
        return {"emblem": request.build_absolute_uri(static(EMBLEM))}

    def items(self, request):
        news = NewsPage.objects.live().filter(locale__language_code=get_language()).newest_first()
        items = list(news.for_cards()[: self.item_limit])
        for item in items:
            item.feed_link = urljoin(request.build_absolute_uri("/"), item.get_url(request))
        return items

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return f"{item.summary}\n\n{item.sample_note}".strip()

    def item_link(self, item):
        return item.feed_link

    def item_pubdate(self, item):
        return timezone.make_aware(datetime.combine(item.date, time(12)))

    def item_updateddate(self, item):
        return item.last_published_at

    def item_categories(self, item):
        return [item.get_topic_display()]


class NewsAtomFeed(NewsRssFeed):
    feed_type = AtomWithEmblem
    url_name = "news_atom"

    def subtitle(self, request):
        return self.description(request)

    def author_name(self, request):
        return "European Circular Construction Alliance"
