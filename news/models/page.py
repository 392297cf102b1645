from datetime import UTC, datetime, time
from typing import Any, Self

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from ecca_site.core.blocks import BodyBlock
from ecca_site.core.facts import shared, translated
from ecca_site.core.models import BasePage, LeadImageMixin
from ecca_site.core.structured_data import ORGANIZATION, image_urls
from ecca_site.delivery.fallback import ReaderFacts, ReaderQuerySet
from ecca_site.delivery.reader_lists import ReaderList, entries_of
from ecca_site.i18n.languages import html_lang


class Topic(models.TextChoices):
    CIRCULAR_ECONOMY = "circular-economy", _("Circular economy")
    INTERNATIONALISATION = "internationalisation", _("Going international")
    EVENTS = "events", _("Events")
    PARTNERSHIP = "partnership", pgettext_lazy("news topic", "Partnership")
    FUNDING = "funding", pgettext_lazy("news topic", "Funding")


class NewsPageQuerySet(ReaderQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-date", "pk")

    def shown_in(self, language_code: str, topic: str = "") -> "ReaderList[NewsPage]":
        """Return the news of a topic, by default all, that readers of a language are shown.

        The newest are first.
        """
        entries = entries_of(self.model, language_code).order_by("is_elsewhere", "-date", "page")
        if topic:
            entries = entries.filter(category=topic)
        return ReaderList(entries, self.for_cards(), language_code)

    def about_partner(self, partner: Page) -> Self:
        """Return the news that name a partner, by its page in any language.

        They are chosen for the readers of the given page.
        """
        news = self.filter(related_partner__translation_key=partner.translation_key)
        return news.newest_first().for_readers(partner.reader_language).for_cards()

    def about_conference(self, conference: Page) -> Self:
        """Return the news that name a conference, as ``about_partner`` does for a partner."""
        news = self.filter(related_conference__translation_key=conference.translation_key)
        return news.newest_first().for_readers(conference.reader_language).for_cards()

    def for_cards(self) -> Self:
        """Read what a card shows; bodies stay in the database."""
        return self.select_related("lead_image", "locale").defer("body")


class NewsPage(LeadImageMixin, BasePage):
    """One news item."""

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    card = "news"

    date = models.DateField(_("date"), default=timezone.localdate)
    topic = models.CharField(_("topic"), max_length=24, choices=Topic.choices)
    summary = models.TextField(
        _("summary"), max_length=255, help_text=_("One or two sentences, shown in lists.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    related_partner = models.ForeignKey(
        "partners.PartnerPage",
        verbose_name=_("related partner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    related_conference = models.ForeignKey(
        "conferences.ConferencePage",
        verbose_name=_("related conference"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    in_other_languages = (
        shared("date", "topic", "related_partner", "related_conference"),
        translated("summary", "body"),
    )
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("topic")]),
        FieldPanel("summary"),
        *LeadImageMixin.lead_image_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [PageChooserPanel("related_partner"), PageChooserPanel("related_conference")],
            heading=_("Related pages"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        *LeadImageMixin.lead_image_search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
    ]

    reader_fields = ("date", "topic")

    objects = PageManager.from_queryset(NewsPageQuerySet)()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def reader_facts(self) -> ReaderFacts:
        at_midnight = datetime.combine(self.date, time(), UTC)
        return ReaderFacts(date=at_midnight, category=self.topic)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "@type": "NewsArticle",
            "headline": self.title[:110],
            "description": self.summary,
            "datePublished": self.date,
            "dateModified": self.last_published_at,
            "inLanguage": html_lang(self.locale.language_code),
            "mainEntityOfPage": self.get_full_url(request),
            "image": image_urls(request, self.lead_image),
            "author": ORGANIZATION,
            "publisher": ORGANIZATION,
        }
