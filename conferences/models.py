from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    DraftStateMixin,
    PageManager,
    PageQuerySet,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
)
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from ecca_site.core.blocks import BodyBlock
from ecca_site.core.countries import country_choices
from ecca_site.core.languages import html_lang
from ecca_site.core.models import BasePage, LeadImageMixin
from ecca_site.core.structured_data import ORGANIZATION, image_urls

from .blocks import DocumentsBlock, ProgrammeBlock


def timezone_choices():
    """Return the time zones of the IANA database that are named after a place."""
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name]


class Status(models.TextChoices):
    """How certain a conference is; the words are those of schema.org's eventStatus where it has one."""

    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Confirmed")
    RESCHEDULED = "rescheduled", _("Rescheduled")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")
    PAST = "past", _("Past")


# https://schema.org/EventStatusType; what is not named here is scheduled.
EVENT_STATUS = {
    Status.RESCHEDULED: "https://schema.org/EventRescheduled",
    Status.POSTPONED: "https://schema.org/EventPostponed",
    Status.CANCELLED: "https://schema.org/EventCancelled",
}


class Speaker(PreviewableMixin, DraftStateMixin, RevisionMixin, TranslatableMixin, ClusterableModel, index.Indexed):
    """Who speaks at a conference, in one language."""

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=160, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    picture = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    biography = models.TextField(_("biography"), blank=True)

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("organisation")]),
        FieldPanel("picture"),
        FieldPanel("biography"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_preview_template(self, request, mode_name):
        return "conferences/speaker_preview.html"


class ConferencePageQuerySet(PageQuerySet):
    def upcoming(self):
        """Not over yet, soonest first; a cancelled conference stays in the list until its day has passed."""
        return self.filter(end_at__gte=timezone.now()).exclude(status=Status.PAST).order_by("start_at", "pk")

    def past(self):
        """Over, latest first."""
        return self.filter(models.Q(end_at__lt=timezone.now()) | models.Q(status=Status.PAST)).order_by(
            "-start_at", "pk"
        )

    def for_cards(self):
        """Only what a card shows; bodies and programmes stay in the database."""
        return self.select_related("lead_image", "locale").defer("body", "programme", "documents", "how_to_join")


class ConferenceIndexPage(LeadImageMixin, BasePage):
    """Coming and past conferences."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["conferences.ConferencePage"]
    max_count_per_parent = 1

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), *LeadImageMixin.lead_image_panels]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("list of conferences")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        conferences = ConferencePage.objects.live().public().child_of(self).for_cards()
        context["upcoming"] = conferences.upcoming()
        context["past"] = conferences.past()
        return context


class ConferencePage(LeadImageMixin, BasePage):
    """A conference, from the first announcement to its proceedings."""

    parent_page_types = ["conferences.ConferenceIndexPage"]
    subpage_types = []

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PLANNED)
    start_at = models.DateTimeField(_("starts"), help_text=_("In the time zone of the conference."))
    end_at = models.DateTimeField(_("ends"), help_text=_("In the time zone of the conference."))
    timezone = models.CharField(_("time zone"), max_length=64, choices=timezone_choices, default="Europe/Ljubljana")
    venue_name = models.CharField(_("venue"), max_length=160, blank=True)
    venue_address = models.CharField(_("address of the venue"), max_length=255, blank=True)
    city = models.CharField(_("city"), max_length=120)
    country = models.CharField(_("country"), max_length=2, choices=country_choices)
    summary = models.TextField(_("summary"), max_length=255, help_text=_("One or two sentences, shown in lists."))
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    programme = StreamField(ProgrammeBlock(), verbose_name=_("programme"), blank=True)
    documents = StreamField(DocumentsBlock(), verbose_name=_("documents"), blank=True)
    how_to_join = RichTextField(_("how to join"), blank=True, features=["bold", "ol", "ul", "link"])
    join_url = models.URLField(_("address of the registration"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("status"),
                FieldRowPanel([FieldPanel("start_at"), FieldPanel("end_at"), FieldPanel("timezone")]),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("venue_name"), FieldPanel("venue_address")]),
                FieldRowPanel([FieldPanel("city"), FieldPanel("country")]),
            ],
            heading=_("Where"),
        ),
        *LeadImageMixin.lead_image_panels,
        FieldPanel("body"),
    ]
    programme_panels = [FieldPanel("programme")]
    join_panels = [FieldPanel("how_to_join"), FieldPanel("join_url"), FieldPanel("documents")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Conference")),
            ObjectList(programme_panels, heading=_("Programme")),
            ObjectList(join_panels, heading=_("Joining and documents")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
        ]
    )

    search_fields = [
        *BasePage.search_fields,
        *LeadImageMixin.lead_image_search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("city"),
        index.SearchField("body"),
        index.SearchField("programme"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in ("status", "start_at", "end_at", "timezone")),
    ]

    objects = PageManager.from_queryset(ConferencePageQuerySet)()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")

    def clean(self):
        super().clean()
        if self.start_at and self.end_at and self.end_at <= self.start_at:
            raise ValidationError({"end_at": _("A conference ends after it starts.")})

    @cached_property
    def zone(self):
        return ZoneInfo(self.timezone)

    @property
    def local_start(self):
        return self.start_at.astimezone(self.zone)

    @property
    def local_end(self):
        return self.end_at.astimezone(self.zone)

    @property
    def is_past(self):
        return self.status == Status.PAST or self.end_at < timezone.now()

    @property
    def shown_status(self):
        """The status in words for visitors: a conference that is over is past, unless it never took place."""
        if self.is_past and self.status not in (Status.CANCELLED, Status.POSTPONED):
            return Status.PAST
        return Status(self.status)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["related"] = self.newspage_set.model.objects.live().public().about_conference(self)
        return context

    def structured_data(self, request):
        return {
            "@type": "Event",
            "name": self.title,
            "description": self.summary,
            "startDate": self.local_start,
            "endDate": self.local_end,
            "eventStatus": EVENT_STATUS.get(self.status, "https://schema.org/EventScheduled"),
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {
                "@type": "Place",
                "name": self.venue_name or self.city,
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": self.venue_address,
                    "addressLocality": self.city,
                    "addressCountry": self.country,
                },
            },
            "image": image_urls(request, self.lead_image),
            "inLanguage": html_lang(self.locale.language_code),
            "organizer": ORGANIZATION,
            "url": self.get_full_url(request),
        }
