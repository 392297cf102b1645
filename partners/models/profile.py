from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from ecca_site.core.countries import country_choices, country_name, language_choices, language_name
from ecca_site.core.fallback import ReaderQuerySet
from ecca_site.core.fields import CodesField
from ecca_site.core.models import BasePage, IndexPage
from ecca_site.core.permissions import STEER_PAGES
from ecca_site.core.structured_data import ORGANIZATION, image_urls
from partners.api_fields import PictureField
from partners.completeness import CompletenessPanel, percent
from partners.page_form import PartnerPageForm


class PartnerClass(models.TextChoices):
    PARTNER = "partner", _("Partner")
    SUPPORTING = "supporting", _("Supporting organisation")
    ASSOCIATED = "associated", _("Associated member")


class LifeCycleStage(models.TextChoices):
    """The stages along the life cycle of a building to which ECCA applies circular-economy principles."""

    RAW_MATERIALS = "raw-materials", _("Raw materials")
    DESIGN = "design", pgettext_lazy("life cycle of a building", "Design")
    PRODUCTION = "production", _("Production")
    CONSTRUCTION = "construction", _("Construction")
    OPERATION = "operation", _("Operation and maintenance")
    RETROFIT = "retrofit", _("Retrofit")
    DEMOLITION = "demolition", _("Demolition")
    RECYCLING = "recycling", _("Recycling")


class PartnerPageQuerySet(ReaderQuerySet):
    def by_name(self):
        return self.order_by("title", "pk")

    def for_cards(self):
        """Only what a card shows; bodies stay in the database."""
        return self.select_related("logo", "locale").defer("introduction", "offers", "seeks")


class PartnerIndexPage(IndexPage):
    """The directory of all partners."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["partners.PartnerPage"]

    class Meta:
        verbose_name = _("partner directory")

    def get_context(self, request, *args, **kwargs):
        from partners.directory import Directory  # it reads the models of this module

        context = super().get_context(request, *args, **kwargs)
        directory = Directory(self.reader_language, request.GET)
        context |= {"directory": directory, "form": directory.form}
        context["page_obj"] = directory.page(request.GET.get("page"))
        return context


class PartnerPage(BasePage):
    """One organisation of the alliance, in one language."""

    parent_page_types = ["partners.PartnerIndexPage"]
    subpage_types = []
    organisation_field = "legal_name"
    base_form_class = PartnerPageForm

    partner_class = models.CharField(
        _("class"), max_length=12, choices=PartnerClass.choices, default=PartnerClass.PARTNER
    )
    legal_name = models.CharField(_("legal name"), max_length=255)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    logo = models.ForeignKey(
        "core.CustomImage", verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    logo_alt = models.CharField(
        _("alternative text of the logo"), max_length=255, blank=True, help_text=_("Usually “Logo of” and the name.")
    )
    introduction = RichTextField(_("who we are"), blank=True, features=["bold", "italic", "ol", "ul", "link"])
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
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)], help_text=_("Degrees north, for example 46.05"),
    )  # fmt: skip
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)], help_text=_("Degrees east, for example 14.51"),
    )  # fmt: skip
    founded_year = models.PositiveSmallIntegerField(
        _("founded in"), null=True, blank=True, validators=[MinValueValidator(1800), MaxValueValidator(2100)]
    )
    website = models.URLField(_("website"), blank=True)
    mailbox = models.EmailField(
        _("mailbox"), blank=True, help_text=_("A mailbox of the organisation, not of a person.")
    )
    members_sme = models.PositiveIntegerField(_("small and medium-sized enterprises"), null=True, blank=True)
    members_large = models.PositiveIntegerField(_("large companies"), null=True, blank=True)
    members_research = models.PositiveIntegerField(_("research organisations"), null=True, blank=True)
    members_public = models.PositiveIntegerField(_("public bodies"), null=True, blank=True)
    target_countries = CodesField(_("target countries"), choices=country_choices)
    working_languages = CodesField(_("working languages"), choices=language_choices)
    labels = models.CharField(
        _("labels held"),
        max_length=255,
        blank=True,
        help_text=_("For example “Cluster Management Excellence, bronze”."),
    )
    eccp_url = models.URLField(_("profile on the European Cluster Collaboration Platform"), blank=True)
    confirmed_on = models.DateField(
        _("confirmed on"),
        null=True,
        blank=True,
        help_text=_("When the organisation last said that all this is correct."),
    )

    content_panels = [
        CompletenessPanel(heading=_("How complete the profile is")),
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("legal_name"),
                FieldRowPanel([FieldPanel("short_name"), FieldPanel("partner_class", permission=STEER_PAGES)]),
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
                FieldRowPanel([FieldPanel("founded_year"), FieldPanel("confirmed_on", read_only=True)]),
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
    # What anybody may read by the API: everything that the profile shows, but the mailbox, which robots would collect.
    api_fields = (
        "legal_name", "short_name", "partner_class", "introduction", "offers", "seeks", "themes", "country", "region",
        "city", "latitude", "longitude", "founded_year", "website", "members_sme", "members_large", "members_research",
        "members_public", "target_countries", "working_languages", "labels", "eccp_url", "confirmed_on", "sample_note",
        APIField("logo", PictureField()),
    )  # fmt: skip
    # Facts are the same in every language; names are translated only where an organisation has a translated one.
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in ("city", "region", "short_name", "confirmed_on")),
    ]

    objects = PageManager.from_queryset(PartnerPageQuerySet)()

    class Meta:
        verbose_name = _("partner profile")
        verbose_name_plural = _("partner profiles")

    def with_content_json(self, content):
        """Whatever version goes live or is edited: when the organisation last confirmed is no matter of versions."""
        page = super().with_content_json(content)
        page.confirmed_on = self.confirmed_on
        return page

    @property
    def share_image(self):
        return self.logo

    @property
    def completeness(self):
        """How much of the profile is filled in, in per cent."""
        return percent(self)

    @cached_property
    def country_name(self):
        return country_name(self.country)

    @property
    def working_language_names(self):
        return [language_name(code) for code in self.working_languages]

    @property
    def target_country_names(self):
        return [country_name(code) for code in self.target_countries]

    @property
    def members(self):
        """Pairs of kind and number, for the kinds whose number is known."""
        fields = ("members_sme", "members_large", "members_research", "members_public")
        pairs = ((self._meta.get_field(name).verbose_name, getattr(self, name)) for name in fields)
        return [(label, number) for label, number in pairs if number is not None]

    @property
    def member_total(self):
        return sum(number for _label, number in self.members)

    def structured_data(self, request):
        return {
            "@type": "Organization",
            "name": self.legal_name,
            "alternateName": self.short_name,
            "url": self.website or self.get_full_url(request),
            "logo": image_urls(request, self.logo),
            "address": {"@type": "PostalAddress", "addressLocality": self.city, "addressCountry": self.country},
            "memberOf": ORGANIZATION,
        }

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["related"] = self.newspage_set.model.objects.live().about_partner(self)
        return context
