from functools import cached_property
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from conferences.blocks import DocumentsBlock, ProgrammeBlock, RoomsBlock, TracksBlock
from conferences.page_form import ConferencePageForm
from conferences.stages import stage_of
from ecca_site.core.blocks import BodyBlock
from ecca_site.core.countries import country_choices
from ecca_site.core.fields import CodesField
from ecca_site.core.languages import html_lang
from ecca_site.core.models import BasePage, LeadImageMixin
from ecca_site.core.structured_data import ORGANIZATION, image_urls

from .queryset import ConferencePageQuerySet
from .status import EVENT_STATUS, Question, Status, timezone_choices

# What is the same in all languages, taken over from the original when that is published: see ``translation.shared``.
FACTS = (
    "status", "start_at", "previous_start_at", "end_at", "timezone", "host", "takes_registrations",
    "registration_opens_at", "registration_closes_at", "capacity", "has_waiting_list", "questions", "consent_version",
    "keep_months", "call_deadline_at",
)  # fmt: skip


class ConferencePage(LeadImageMixin, BasePage):
    """A conference, from the first announcement to its proceedings."""

    parent_page_types = ["conferences.ConferenceIndexPage"]
    subpage_types = []

    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PLANNED)
    start_at = models.DateTimeField(_("starts"), help_text=_("In the time zone of the conference."))
    previous_start_at = models.DateTimeField(null=True, editable=False)  # kept by ``conferences/signals.py``
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
    join_url = models.URLField(
        _("address of the registration"), blank=True, help_text=_("Only where people register on another site.")
    )
    host = models.ForeignKey(
        "partners.PartnerPage",
        verbose_name=_("host"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="conferences",
        help_text=_("The organisation that holds the conference; its profile lists it."),
    )
    tracks = StreamField(TracksBlock(), verbose_name=_("tracks"), blank=True, null=True)
    rooms = StreamField(RoomsBlock(), verbose_name=_("rooms"), blank=True, null=True)
    report = StreamField(
        BodyBlock(),
        verbose_name=_("report"),
        blank=True,
        null=True,
        help_text=_("Text and pictures from the conference; shown once it is over."),
    )

    takes_registrations = models.BooleanField(_("registration on this site"), default=False, db_default=False)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(
        _("registration closes"), null=True, blank=True, help_text=_("Empty: when the conference begins.")
    )
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: as many as register.")
    )
    has_waiting_list = models.BooleanField(_("waiting list"), default=True, db_default=True)
    questions = CodesField(_("questions"), choices=Question.choices, db_default="")
    consent_text = models.TextField(
        _("consent"), blank=True, db_default="", help_text=_("What people agree to when they register.")
    )
    consent_version = models.CharField(
        _("version of the consent"), max_length=20, blank=True, default="1", db_default="1",
        help_text=_("Change it with the text: each registration keeps what was agreed to."),
    )  # fmt: skip
    keep_months = models.PositiveSmallIntegerField(
        _("months that personal data is kept"), default=6, db_default=6, help_text=_("After the end of the conference.")
    )
    call_text = RichTextField(
        _("call for contributions"), blank=True, db_default="", features=["bold", "ol", "ul", "link"]
    )
    call_deadline_at = models.DateTimeField(
        _("deadline for contributions"), null=True, blank=True, help_text=_("Empty: no contributions are asked for.")
    )

    base_form_class = ConferencePageForm

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
        PageChooserPanel("host"),
        *LeadImageMixin.lead_image_panels,
        FieldPanel("body"),
    ]
    programme_panels = [
        HelpPanel(_("Sessions are put in order by their times. An end before 5:00 is on the next day.")),
        FieldPanel("tracks"),
        FieldPanel("rooms"),
        FieldPanel("programme"),
    ]
    join_panels = [
        FieldPanel("how_to_join"),
        MultiFieldPanel(
            [
                FieldPanel("takes_registrations"),
                FieldRowPanel([FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]),
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("has_waiting_list")]),
                FieldPanel("questions"),
                FieldPanel("consent_text"),
                FieldRowPanel([FieldPanel("consent_version"), FieldPanel("keep_months")]),
                FieldPanel("join_url"),
            ],
            heading=_("Registration"),
        ),
        MultiFieldPanel([FieldPanel("call_text"), FieldPanel("call_deadline_at")], heading=_("Call for contributions")),
    ]
    after_panels = [FieldPanel("report"), FieldPanel("documents")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Conference")),
            ObjectList(programme_panels, heading=_("Programme")),
            ObjectList(join_panels, heading=_("Taking part")),
            ObjectList(after_panels, heading=_("Report and documents")),
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
        index.SearchField("report"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in FACTS),
    ]

    objects = PageManager.from_queryset(ConferencePageQuerySet)()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")

    def clean(self):
        super().clean()
        if self.start_at and self.end_at and self.end_at <= self.start_at:
            raise ValidationError({"end_at": _("A conference ends after it starts.")})
        if self.takes_registrations and self.join_url:
            raise ValidationError({"join_url": _("People register here or on another site, not on both.")})
        if self.takes_registrations and not self.consent_text:
            raise ValidationError({"consent_text": _("Say what people agree to when they register.")})
        opens, closes = self.registration_opens_at, self.registration_closes_at
        if opens and closes and closes <= opens:
            raise ValidationError({"registration_closes_at": _("Registration closes after it opens.")})

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
    def local_previous_start(self):
        """When a rescheduled conference was to begin before, as far as that was ever public."""
        if self.status == Status.RESCHEDULED and self.previous_start_at:
            return self.previous_start_at.astimezone(self.zone)
        return None

    @property
    def is_past(self):
        return self.status == Status.PAST or self.end_at < timezone.now()

    @property
    def shown_status(self):
        """The status in words for visitors: a conference that is over is past, unless it never took place."""
        if self.is_past and self.status not in (Status.CANCELLED, Status.POSTPONED):
            return Status.PAST
        return Status(self.status)

    @property
    def is_cancelled(self):
        return self.status in (Status.CANCELLED, Status.POSTPONED)

    @property
    def stage(self):
        """What visitors are asked to do at this time: see ``stages.py``."""
        return stage_of(self)

    @property
    def is_coming_registration(self):
        opening = self.registration_opens_at
        return opening is not None and timezone.now() < opening and not (self.is_past or self.is_cancelled)

    @property
    def local_opening(self):
        return self.registration_opens_at.astimezone(self.zone)

    @property
    def is_call_open(self):
        deadline = self.call_deadline_at
        return deadline is not None and timezone.now() <= deadline and not (self.is_past or self.is_cancelled)

    @property
    def local_deadline(self):
        return self.call_deadline_at.astimezone(self.zone)

    def get_context(self, request, *args, **kwargs):
        from conferences.forms import ProgrammeFilterForm  # the form's choices come from this app's models
        from conferences.programme import programme_of

        context = super().get_context(request, *args, **kwargs)
        context["related"] = self.newspage_set.model.objects.live().about_conference(self)
        programme = programme_of(self)
        form = ProgrammeFilterForm(programme, request.GET)
        now, coming = programme.now_and_next()
        context |= {
            "programme": programme,
            "form": form,
            "days": form.filter(programme),
            "now": now,
            "next": coming,
            "stage": self.stage,
        }
        return context

    def structured_data(self, request):
        return {
            "@type": "Event",
            "name": self.title,
            "description": self.summary,
            "startDate": self.local_start,
            "previousStartDate": self.local_previous_start,
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
