from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from ecca_site.core.blocks import BodyBlock
from ecca_site.core.fallback import ReaderQuerySet
from ecca_site.core.languages import html_lang
from ecca_site.core.models import BasePage, IndexPage, LeadImageMixin
from ecca_site.core.structured_data import ORGANIZATION, image_urls


class Topic(models.TextChoices):
    CIRCULAR_ECONOMY = "circular-economy", _("Circular economy")
    INTERNATIONALISATION = "internationalisation", _("Going international")
    EVENTS = "events", _("Events")
    PARTNERSHIP = "partnership", pgettext_lazy("news topic", "Partnership")
    FUNDING = "funding", pgettext_lazy("news topic", "Funding")


class NewsPageQuerySet(ReaderQuerySet):
    def newest_first(self):
        return self.order_by("-date", "pk")

    def on_topic(self, topic):
        return self.filter(topic=topic) if topic else self

    def about_partner(self, partner):
        """News that name any language's page of this partner, as the readers of the page are shown them."""
        news = self.filter(related_partner__translation_key=partner.translation_key)
        return news.newest_first().for_readers(partner.reader_language).for_cards()

    def about_conference(self, conference):
        news = self.filter(related_conference__translation_key=conference.translation_key)
        return news.newest_first().for_readers(conference.reader_language).for_cards()

    def for_cards(self):
        """Only what a card shows; bodies stay in the database."""
        return self.select_related("lead_image", "locale").defer("body")


class NewsIndexPage(IndexPage):
    """All news of one language, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    page_size = 12

    class Meta:
        verbose_name = _("news list")

    def get_context(self, request, *args, **kwargs):
        from .forms import NewsFilterForm  # the form's choices come from this module

        context = super().get_context(request, *args, **kwargs)
        form = NewsFilterForm(request.GET)
        news = form.filter(NewsPage.objects.newest_first()).for_readers(self.reader_language).for_cards()
        context["form"] = form
        context["page_obj"] = Paginator(news, self.page_size).get_page(request.GET.get("page"))
        return context


class NewsPage(LeadImageMixin, BasePage):
    """One news item."""

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []

    date = models.DateField(_("date"))
    topic = models.CharField(_("topic"), max_length=24, choices=Topic.choices)
    summary = models.TextField(_("summary"), max_length=255, help_text=_("One or two sentences, shown in lists."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    related_partner = models.ForeignKey(
        "partners.PartnerPage", verbose_name=_("related partner"), null=True, blank=True, on_delete=models.SET_NULL
    )
    related_conference = models.ForeignKey(
        "conferences.ConferencePage",
        verbose_name=_("related conference"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("topic")]),
        FieldPanel("summary"),
        *LeadImageMixin.lead_image_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [PageChooserPanel("related_partner"), PageChooserPanel("related_conference")], heading=_("Related pages")
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        *LeadImageMixin.lead_image_search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in ("date", "related_partner", "related_conference")),
    ]

    objects = PageManager.from_queryset(NewsPageQuerySet)()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def structured_data(self, request):
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
