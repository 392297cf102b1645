"""The registrations of a conference, as its organisers see them."""

from collections import Counter

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from conferences.models import Contribution, Desk, Registration
from conferences.models.desk import RegistrationQuerySet
from conferences.programme import programme_of
from conferences.registration import flow
from ecca_site.i18n.languages import LANGUAGE_NAMES

from .access import CHANGE, VIEW, conference_of_desk, conferences, for_organisers
from .chart import chart_of

STATES = Registration.State


@for_organisers(VIEW)
@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """List all conferences, latest first, with how many take part and how much is to be decided."""
    counted = Desk.objects.annotate(
        seated=Count("registrations", filter=Q(registrations__state=STATES.REGISTERED)),
        waiting=Count("registrations", filter=Q(registrations__state=STATES.WAITING)),
    )
    desk_of = {desk.translation_key: desk for desk in counted}
    undecided = Contribution.objects.filter(state=Contribution.State.SUBMITTED)
    submitted = Counter(undecided.values_list("desk__translation_key", flat=True))
    latest_first = F("start_at").desc(nulls_last=True)  # a draft may have no date yet
    pages = conferences().defer("body", "programme", "report").order_by(latest_first, "pk")
    rows = []
    for page in pages:
        key = page.translation_key
        rows.append((page, desk_of.get(key), submitted[key]))
    return render(request, "conferences/cms/desks.html", {"rows": rows})


class RegistrationFilterSet(WagtailFilterSet):
    q = django_filters.CharFilter(label=_("Name, organisation or address"), method="filter_text")
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES.choices)

    class Meta:
        model = Registration
        fields = ["q", "state", "language"]

    def filter_text(
        self, queryset: RegistrationQuerySet, name: str, value: str
    ) -> RegistrationQuerySet:
        value = value.replace("\x00", "")
        return queryset.filter(
            Q(name__icontains=value) | Q(organisation__icontains=value) | Q(email__icontains=value)
        )


class LanguageColumn(Column):
    def get_value(self, instance: Registration) -> str:
        return LANGUAGE_NAMES.get(instance.language, instance.language)


class CancelColumn(Column):
    def get_value(self, instance: Registration) -> str:
        if instance.state == STATES.CANCELLED:
            return ""
        return format_html(
            '<a href="{}">{}<span class="w-sr-only">: {}</span></a>',
            reverse("conference_registration_cancel", args=[instance.pk]),
            _g("Cancel"),
            instance,
        )


class MomentColumn(Column):
    cell_template_name = "mail/moment_cell.html"


class RegistrationsView(ReportView):
    """The registrations of one conference as a list, with numbers and a chart, and for export."""

    page_title = _("Registrations")
    header_icon = "group"
    template_name = "conferences/cms/registrations.html"
    filterset_class = RegistrationFilterSet
    default_ordering = "number"
    columns = [
        Column("number", label=_("Number"), sort_key="number"),
        Column("name", label=_("Name"), sort_key="name"),
        Column("organisation", label=_("Organisation"), sort_key="organisation"),
        Column("email", label=_("E-mail address")),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        LanguageColumn("language", label=_("Language"), sort_key="language"),
        MomentColumn("created_at", label=_("Registered at"), sort_key="created_at"),
        CancelColumn("cancel", label=_("Cancel")),
    ]
    list_export = [
        "number",
        "name",
        "organisation",
        "email",
        "get_state_display",
        "language",
        "dietary",
        "accessibility",
        "session_titles",
        "consent_version",
        "created_at",
    ]
    export_headings = {"get_state_display": _("State"), "session_titles": _("Sessions")}

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        self.conference, self.desk = conference_of_desk(self.kwargs["number"])
        return super().dispatch(request, *args, **kwargs)

    def get_index_url(self) -> str:
        return reverse("conference_registrations", args=[self.conference.pk])

    def get_index_results_url(self) -> str:
        return reverse("conference_registrations_results", args=[self.conference.pk])

    def get_page_subtitle(self) -> str:
        return self.conference.title

    def get_filename(self) -> str:
        return f"registrations-{self.conference.slug}"

    def get_base_queryset(self) -> RegistrationQuerySet:
        return self.desk.registrations.all()

    @cached_property
    def titles(self) -> dict[str, str]:
        return {session.ref: session.title for session in programme_of(self.conference).sessions}

    def to_row_dict(self, item: Registration) -> dict[str, object]:
        # Wagtail's export reads what it writes from the rows themselves.
        item.session_titles = "; ".join(self.titles.get(ref, ref) for ref in item.session_refs)
        return super().to_row_dict(item)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        if self.results_only or self.is_export:
            return context
        return context | {
            "conference": self.conference,
            "counts": [(label, self.counts[state]) for state, label in STATES.choices],
            "chart": chart_of(self.desk),
        }

    @cached_property
    def counts(self) -> dict[str, int]:
        return self.desk.registrations.counts()


@for_organisers(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Cancel somebody's registration, as they could themselves; the place goes to whoever waits."""
    registration = get_object_or_404(Registration.objects.select_related("desk"), pk=number)
    conference = get_object_or_404(conferences(), translation_key=registration.desk.translation_key)
    if request.method == "POST":
        if flow.cancel(registration):
            messages.success(
                request, _g("The registration of %(name)s is cancelled.") % {"name": registration}
            )
        return redirect("conference_registrations", number=conference.pk)
    context = {"registration": registration, "conference": conference}
    return render(request, "conferences/cms/cancel.html", context)


@for_organisers(VIEW)
@require_safe
def badges(request: HttpRequest, number: int) -> HttpResponse:
    """Show badges to print and cut, ten on a sheet."""
    return render(request, "conferences/cms/badges.html", everybody_by_name(number))


@for_organisers(VIEW)
@require_safe
def sign_in_sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Show a list for the door, with room for signatures."""
    return render(request, "conferences/cms/sign_in_sheet.html", everybody_by_name(number))


def everybody_by_name(number: int) -> dict[str, object]:
    """Return a conference and everybody who has a place at it, for a template."""
    conference, desk = conference_of_desk(number)
    people = desk.registrations.seated().exclude(name="").order_by("name", "pk")
    return {"conference": conference, "people": people}
