from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.search import index

from ecca_site.core.blocks import BodyBlock
from ecca_site.core.facts import shared, translated
from ecca_site.core.models import BasePage, LeadImageMixin
from ecca_site.core.structured_data import ORGANIZATION

from .blocks import HomeBodyBlock

if TYPE_CHECKING:
    from ecca_site.uploads.models import CustomImage


class HomePage(BasePage):
    """The home page of one language, with what stands on all pages of that language.

    Footer and EU funding texts are fields of this page so that they are moderated and translated
    like every page.
    """

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.ContentPage",
        "news.NewsIndexPage",
        "partners.PartnerIndexPage",
        "conferences.ConferenceIndexPage",
    ]

    long_title = models.CharField(_("long title"), max_length=255)
    introduction = models.TextField(_("introduction"), blank=True)
    hero_image = models.ForeignKey(
        "uploads.CustomImage",
        verbose_name=_("large picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hero_image_alt = models.CharField(_("alternative text"), max_length=255, blank=True)
    join_label = models.CharField(_("label of the call to join"), max_length=60, blank=True)
    join_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page of the call to join"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(HomeBodyBlock(), verbose_name=_("body"), blank=True)

    linkedin_label = models.CharField(_("label of the LinkedIn link"), max_length=80, blank=True)
    linkedin_url = models.URLField(_("address on LinkedIn"), blank=True)
    share_enabled = models.BooleanField(
        _("share buttons"),
        default=True,
        help_text=_("Offer buttons for sharing on every page, in all languages."),
    )
    footer_text = models.TextField(_("footer text"), blank=True)
    funding_statement = models.TextField(
        _("funding statement"),
        blank=True,
        help_text=_("Programme, call and grant number. Stands beside the EU emblem on every page."),
    )
    funding_disclaimer = models.TextField(_("disclaimer"), blank=True)
    is_disclaimer_sample = models.BooleanField(
        _("disclaimer is a sample"),
        default=False,
        help_text=_("Tick while the exact wording is not agreed."),
    )

    in_other_languages = (
        translated("long_title", "introduction", "hero_image", "hero_image_alt", "body"),
        translated("join_label", "join_page", "linkedin_label", "footer_text"),
        # Each language says of its own wording whether it is agreed.
        translated("funding_statement", "funding_disclaimer", "is_disclaimer_sample"),
        shared("linkedin_url", "share_enabled"),
    )
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("long_title"),
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldPanel("hero_image"), FieldPanel("hero_image_alt")], heading=_("Large picture")
        ),
        FieldRowPanel([FieldPanel("join_label"), PageChooserPanel("join_page")]),
        FieldPanel("body"),
    ]
    site_panels = [
        MultiFieldPanel(
            [FieldPanel("linkedin_label"), FieldPanel("linkedin_url")], heading=_("LinkedIn")
        ),
        FieldPanel("share_enabled"),
        FieldPanel("footer_text"),
        MultiFieldPanel(
            [
                FieldPanel("funding_statement"),
                FieldPanel("funding_disclaimer"),
                FieldPanel("is_disclaimer_sample"),
            ],
            heading=_("EU funding"),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Home page")),
            ObjectList(site_panels, heading=_("On every page")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
        ]
    )
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("long_title"),
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def share_image(self) -> "CustomImage | None":
        return self.hero_image

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        return {
            **ORGANIZATION,
            "url": self.get_full_url(request),
            "description": self.long_title,
            "logo": request.build_absolute_uri(static("img/apple-touch-icon.png")),
            "sameAs": [self.linkedin_url] if self.linkedin_url else [],
        }


class ContentPage(LeadImageMixin, BasePage):
    """A page of text, and the pages below it."""

    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]

    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    in_other_languages = (translated("introduction", "body"),)
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        *LeadImageMixin.lead_image_panels,
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *LeadImageMixin.lead_image_search_fields,
        index.SearchField("introduction", boost=2),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
