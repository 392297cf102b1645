from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
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

from conferences.blocks import DocumentsBlock, ProgrammeBlock, RoomsBlock, TracksBlock
from conferences.page_form import ConferencePageForm
from conferences.shown_programme import ShownProgramme
from conferences.structured_data import event_data
from ecca_site.core.blocks import BodyBlock
from ecca_site.core.facts import shared, translated
from ecca_site.core.fields import CodesField
from ecca_site.core.models import BasePage, LeadImageMixin
from ecca_site.delivery.fallback import ReaderFacts
from ecca_site.i18n.countries import country_choices

from .queryset import ConferencePageQuerySet
from .status import Question, Status, timezone_choices
from .times import ConferenceTimes

MOST_NEWS = 12  # the newest ones, which a conference lists


class ConferencePage(ConferenceTimes, LeadImageMixin, BasePage):
    """A conference, from the first announcement to its proceedings."""

    parent_page_types = ["conferences.ConferenceIndexPage"]
    subpage_types: list[str] = []
    card = "conference"
    query_parameters = ("track", "language", "kind")

    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.PLANNED
    )
    # A draft may be saved before these two are known; what is submitted or live has both.
    start_at = models.DateTimeField(
        _("starts"), null=True, help_text=_("In the time zone of the conference.")
    )
    # Kept by ``conferences/signals.py``.
    previous_start_at = models.DateTimeField(null=True, editable=False)
    end_at = models.DateTimeField(
        _("ends"), null=True, help_text=_("In the time zone of the conference.")
    )
    timezone = models.CharField(
        _("time zone"), max_length=64, choices=timezone_choices, default="Europe/Ljubljana"
    )
    venue_name = models.CharField(_("venue"), max_length=160, blank=True)
    venue_address = models.CharField(_("address of the venue"), max_length=255, blank=True)
    city = models.CharField(_("city"), max_length=120)
    country = models.CharField(_("country"), max_length=2, choices=country_choices)
    summary = models.TextField(
        _("summary"), max_length=255, help_text=_("One or two sentences, shown in lists.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    programme = StreamField(ProgrammeBlock(), verbose_name=_("programme"), blank=True)
    documents = StreamField(DocumentsBlock(), verbose_name=_("documents"), blank=True)
    how_to_join = RichTextField(_("how to join"), blank=True, features=["bold", "ol", "ul", "link"])
    join_url = models.URLField(
        _("address of the registration"),
        blank=True,
        help_text=_("Only where people register on another site."),
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

    takes_registrations = models.BooleanField(
        _("registration on this site"), default=False, db_default=False
    )
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("Empty: when the conference begins."),
    )
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: as many as register.")
    )
    has_waiting_list = models.BooleanField(_("waiting list"), default=True, db_default=True)
    questions = CodesField(_("questions"), choices=Question.choices, db_default="")
    consent_text = models.TextField(
        _("consent"),
        blank=True,
        default="",
        db_default="",
        help_text=_("What people agree to when they register."),
    )
    consent_version = models.CharField(
        _("version of the consent"),
        max_length=20,
        blank=True,
        default="1",
        db_default="1",
        help_text=_("Change it with the text: each registration keeps what was agreed to."),
    )
    keep_months = models.PositiveSmallIntegerField(
        _("months that personal data is kept"),
        default=6,
        db_default=6,
        help_text=_("After the end of the conference."),
    )
    call_text = RichTextField(
        _("call for contributions"),
        blank=True,
        default="",
        db_default="",
        features=["bold", "ol", "ul", "link"],
    )
    call_deadline_at = models.DateTimeField(
        _("deadline for contributions"),
        null=True,
        blank=True,
        help_text=_("Empty: no contributions are asked for."),
    )

    in_other_languages = (
        shared("status", "start_at", "previous_start_at", "end_at", "timezone", "host"),
        shared("venue_name", "venue_address", "city", "country"),
        shared("takes_registrations", "registration_opens_at", "registration_closes_at"),
        shared("capacity", "has_waiting_list", "questions", "consent_version", "keep_months"),
        shared("join_url", "call_deadline_at"),
        # Times and rooms of the programme are the original's (conferences.programme).
        translated("summary", "body", "programme", "documents", "tracks", "rooms", "report"),
        translated("how_to_join", "consent_text", "call_text"),
    )
    base_form_class = ConferencePageForm

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("status"),
                FieldRowPanel(
                    [FieldPanel("start_at"), FieldPanel("end_at"), FieldPanel("timezone")]
                ),
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
        HelpPanel(
            _("Sessions are put in order by their times. An end before 5:00 is on the next day.")
        ),
        FieldPanel("tracks"),
        FieldPanel("rooms"),
        FieldPanel("programme"),
    ]
    join_panels = [
        FieldPanel("how_to_join"),
        MultiFieldPanel(
            [
                FieldPanel("takes_registrations"),
                FieldRowPanel(
                    [FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]
                ),
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("has_waiting_list")]),
                FieldPanel("questions"),
                FieldPanel("consent_text"),
                FieldRowPanel([FieldPanel("consent_version"), FieldPanel("keep_months")]),
                FieldPanel("join_url"),
            ],
            heading=_("Registration"),
        ),
        MultiFieldPanel(
            [FieldPanel("call_text"), FieldPanel("call_deadline_at")],
            heading=_("Call for contributions"),
        ),
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

    reader_fields = ("start_at", "end_at", "status")

    objects = PageManager.from_queryset(ConferencePageQuerySet)()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")

    def check_whole(self) -> None:
        super().check_whole()
        if self.start_at and self.end_at and self.end_at <= self.start_at:
            raise ValidationError({"end_at": _("A conference ends after it starts.")})
        if self.takes_registrations:
            self._check_registration()
        opens = self.registration_opens_at
        closes = self.registration_closes_at
        if opens and closes and closes <= opens:
            message = _("Registration closes after it opens.")
            raise ValidationError({"registration_closes_at": message})

    def _check_registration(self) -> None:
        if self.join_url:
            message = _("People register here or on another site, not on both.")
            raise ValidationError({"join_url": message})
        if not self.consent_text:
            message = _("Say what people agree to when they register.")
            raise ValidationError({"consent_text": message})

    def reader_facts(self) -> ReaderFacts:
        return ReaderFacts(date=self.start_at, until=self.end_at, category=self.status)

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        news = self.newspage_set.model.objects.live().about_conference(self)
        return context | {
            "related": news[:MOST_NEWS],
            "shown": ShownProgramme(self, request.GET),
            "stage": self.stage,
        }

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        return event_data(self, request)
