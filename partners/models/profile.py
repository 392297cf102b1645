from typing import TYPE_CHECKING, Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index

from ecca_site.core.facts import shared, translated
from ecca_site.core.fields import CodesField
from ecca_site.core.models import BasePage
from ecca_site.core.permissions import STEER_PAGES
from ecca_site.core.structured_data import ORGANIZATION, image_urls
from ecca_site.delivery.fallback import ReaderFacts
from ecca_site.i18n.countries import country_choices, country_name, language_choices, language_name
from partners.api_fields import PictureField
from partners.completeness import CompletenessPanel, percent
from partners.facets import FIELDS, facts_of
from partners.page_form import PartnerPageForm

from .members import Members
from .queryset import PartnerPageQuerySet
from .terms import LifeCycleStage, PartnerClass

if TYPE_CHECKING:
    from ecca_site.uploads.models import CustomImage


class PartnerPage(Members, BasePage):
    """One organisation of the alliance, in one language."""

    parent_page_types = ["partners.PartnerIndexPage"]
    subpage_types: list[str] = []
    card = "partner"
    organisation_field = "legal_name"
    base_form_class = PartnerPageForm

    partner_class = models.CharField(
        _("class"), max_length=12, choices=PartnerClass.choices, default=PartnerClass.PARTNER
    )
    legal_name = models.CharField(_("legal name"), max_length=255)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    logo = models.ForeignKey(
        "uploads.CustomImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    logo_alt = models.CharField(
        _("alternative text of the logo"),
        max_length=255,
        blank=True,
        help_text=_("Usually “Logo of” and the name."),
    )
    introduction = RichTextField(
        _("who we are"), blank=True, features=["bold", "italic", "ol", "ul", "link"]
    )
    offers = models.TextField(_("what we offer"), blank=True)
    seeks = models.TextField(_("what cooperation we seek"), blank=True)
    themes = CodesField(
        _("themes"),
        choices=LifeCycleStage.choices,
        help_text=_("Where along the life cycle of a building your members work."),
    )
    country = models.CharField(_("country"), max_length=2, choices=country_choices)
    region = models.CharField(_("region"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north, for example 46.05"),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east, for example 14.51"),
    )
    founded_year = models.PositiveSmallIntegerField(
        _("founded in"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(2100)],
    )
    website = models.URLField(_("website"), blank=True)
    mailbox = models.EmailField(
        _("mailbox"), blank=True, help_text=_("A mailbox of the organisation, not of a person.")
    )
    members_sme = models.PositiveIntegerField(
        _("small and medium-sized enterprises"), null=True, blank=True
    )
    members_large = models.PositiveIntegerField(_("large companies"), null=True, blank=True)
    members_research = models.PositiveIntegerField(
        _("research organisations"), null=True, blank=True
    )
    members_public = models.PositiveIntegerField(_("public bodies"), null=True, blank=True)
    target_countries = CodesField(_("target countries"), choices=country_choices)
    working_languages = CodesField(_("working languages"), choices=language_choices)
    labels = models.CharField(
        _("labels held"),
        max_length=255,
        blank=True,
        help_text=_("For example “Cluster Management Excellence, bronze”."),
    )
    eccp_url = models.URLField(
        _("profile on the European Cluster Collaboration Platform"), blank=True
    )
    confirmed_on = models.DateField(
        _("confirmed on"),
        null=True,
        blank=True,
        help_text=_("When the organisation last said that all this is correct."),
    )

    in_other_languages = (
        shared("partner_class", "short_name", "logo", "themes", "founded_year", "confirmed_on"),
        shared("country", "region", "city", "latitude", "longitude"),
        shared("website", "mailbox", "eccp_url", "target_countries", "working_languages"),
        shared("members_sme", "members_large", "members_research", "members_public"),
        # Some organisations have a name in every language; labels are described in words.
        translated("legal_name", "logo_alt", "introduction", "offers", "seeks", "labels"),
    )
    content_panels = [
        CompletenessPanel(heading=_("How complete the profile is")),
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("legal_name"),
                FieldRowPanel(
                    [FieldPanel("short_name"), FieldPanel("partner_class", permission=STEER_PAGES)]
                ),
                FieldRowPanel([FieldPanel("logo"), FieldPanel("logo_alt")]),
                FieldPanel("introduction"),
            ],
            heading=_("Who you are"),
        ),
        MultiFieldPanel(
            [FieldPanel("themes"), FieldPanel("offers"), FieldPanel("seeks")],
            heading=_("What you do"),
        ),
    ]
    facts_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("country"), FieldPanel("region"), FieldPanel("city")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            heading=_("Where you are"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("members_sme"), FieldPanel("members_large")]),
                FieldRowPanel([FieldPanel("members_research"), FieldPanel("members_public")]),
            ],
            heading=_("Your members"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("website"),
                FieldPanel("mailbox"),
                FieldPanel("eccp_url"),
                FieldPanel("labels"),
                FieldRowPanel(
                    [FieldPanel("founded_year"), FieldPanel("confirmed_on", read_only=True)]
                ),
            ],
            heading=_("Contact and facts"),
        ),
    ]
    reach_panels = [FieldPanel("working_languages"), FieldPanel("target_countries")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Profile")),
            ObjectList(facts_panels, heading=_("Facts")),
            ObjectList(reach_panels, heading=_("Languages and countries")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
        ]
    )

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("legal_name", boost=2),
        index.SearchField("short_name", boost=2),
        index.SearchField("introduction"),
        index.SearchField("offers"),
        index.SearchField("seeks"),
        index.SearchField("city"),
    ]
    # The fields that the API opens to everybody: all that the profile shows but the mailbox, which
    # robots would collect.
    api_fields = (
        "legal_name",
        "short_name",
        "partner_class",
        "introduction",
        "offers",
        "seeks",
        "themes",
        "country",
        "region",
        "city",
        "latitude",
        "longitude",
        "founded_year",
        "website",
        "members_sme",
        "members_large",
        "members_research",
        "members_public",
        "target_countries",
        "working_languages",
        "labels",
        "eccp_url",
        "confirmed_on",
        "sample_note",
        APIField("logo", PictureField()),
    )

    reader_fields = FIELDS

    objects = PageManager.from_queryset(PartnerPageQuerySet)()

    class Meta:
        verbose_name = _("partner profile")
        verbose_name_plural = _("partner profiles")

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Return a version of the page; when it was confirmed last is no matter of versions."""
        page = super().with_content_json(content)
        page.confirmed_on = self.confirmed_on
        return page

    @property
    def share_image(self) -> "CustomImage | None":
        return self.logo

    @property
    def completeness(self) -> int:
        """The part of the profile that is filled in, in per cent."""
        return percent(self)

    @cached_property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def working_language_names(self) -> list[str]:
        return [language_name(code) for code in self.working_languages]

    @property
    def target_country_names(self) -> list[str]:
        return [country_name(code) for code in self.target_countries]

    def reader_facts(self) -> ReaderFacts:
        return facts_of(self)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "@type": "Organization",
            "name": self.legal_name,
            "alternateName": self.short_name,
            "url": self.website or self.get_full_url(request),
            "logo": image_urls(request, self.logo),
            "address": {
                "@type": "PostalAddress",
                "addressLocality": self.city,
                "addressCountry": self.country,
            },
            "memberOf": ORGANIZATION,
        }
