"""Calendars to load once or to subscribe to.

The sessions that somebody picks are in the address alone: no account, no cookie.
"""

from collections.abc import Iterable
from http import HTTPStatus
from itertools import combinations
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Event

from conferences.addresses import conference_for_readers, page_address
from conferences.models import ConferencePage
from conferences.programme import REF_LENGTH, programme_of
from ecca_site.delivery.parameters import reads
from ecca_site.delivery.views import bad_request, reading

from . import build
from .entries import REF_LENGTH as ENTRY_REF_LENGTH
from .entries import entries_of

MOST_PICKS = 200

is_ref = RegexValidator(rf"^[0-9a-z-]{{1,{REF_LENGTH}}}\Z")


class PicksForm(forms.Form):
    """The sessions that an address holds, as its parameters ``s``."""

    s = forms.Field(widget=forms.SelectMultiple, required=False)

    def clean_s(self) -> list[str]:
        refs = list(dict.fromkeys(self.cleaned_data["s"] or []))
        if len(refs) > MOST_PICKS:
            raise ValidationError(_("These are more sessions than anybody can attend."))
        for ref in refs:
            is_ref(ref)
        return refs


def calendar_response(
    request: HttpRequest, file_name: str, title: str, events: list[Event]
) -> HttpResponse:
    """Answer with a calendar that is kept up to date at the address of the request."""
    address = request.build_absolute_uri(request.path)
    return file_response(build.make_calendar(title, events, address), file_name)


def file_response(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


@reading
def all_conferences(request: HttpRequest) -> HttpResponse:
    """Answer with the conferences of all years as readers of the active language see them."""
    found = ConferencePage.objects.order_by("start_at", "pk").for_readers(get_language())
    pages = list(found.for_cards())
    entries = entries_of([page.translation_key for page in pages])
    events = []
    for page in pages:
        entry = entries.get((page.translation_key, ""))
        events.append(build.conference_event(page, entry, page_address(page, request)))
    return calendar_response(request, "ecca-conferences", _("ECCA conferences"), events)


@reading
def conference(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with the entry of one conference as a whole."""
    page = conference_for_readers(number)
    entry = entries_of([page.translation_key]).get((page.translation_key, ""))
    event = build.conference_event(page, entry, page_address(page, request))
    return calendar_response(request, page.slug, page.title, [event])


@reading
def session(request: HttpRequest, number: int, ref: str) -> HttpResponse:
    """Answer with the entry of one session."""
    page = conference_for_readers(number)
    events = session_events(page, [ref], request)
    if not events:
        raise Http404
    return calendar_response(request, f"session-{ref}", page.title, events)


@reading
def programme(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with all sessions of a conference but the breaks."""
    page = conference_for_readers(number)
    refs = [session.ref for session in programme_of(page).sessions if not session.is_break]
    events = session_events(page, refs, request)
    return calendar_response(request, page.slug, page.title, events)


@reading
@reads(*PicksForm.base_fields)
def picks(request: HttpRequest, number: int) -> HttpResponse:
    """Show somebody's own programme, with the address to which a calendar subscribes."""
    page = conference_for_readers(number)
    form = PicksForm(request.GET)
    if not form.is_valid():
        return bad_request(request)
    refs = form.cleaned_data["s"]
    chosen = programme_of(page).chosen(refs)
    query = urlencode([("s", ref) for ref in refs])
    path = reverse("conference_picks_ics", args=[page.pk])
    address = request.build_absolute_uri(f"{path}?{query}")
    context = {
        "conference": page,
        "conference_url": page_address(page, request),
        "chosen": chosen,
        "missing": len(refs) - len(chosen),
        "clashes": [(one, other) for one, other in combinations(chosen, 2) if one.overlaps(other)],
        "address": address,
        "subscribe": f"webcal:{address.partition(':')[2]}",
    }
    return render(request, "conferences/calendar/picks.html", context)


@reading
@reads(*PicksForm.base_fields)
def picks_ics(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with the sessions that somebody has picked."""
    page = conference_for_readers(number)
    form = PicksForm(request.GET)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.BAD_REQUEST, content_type="text/plain")
    events = session_events(page, form.cleaned_data["s"], request)
    if not events:
        raise Http404
    name = _("My programme: %(title)s") % {"title": page.title}
    # Its query holds the sessions: without it the address would be nobody's.
    content = build.make_calendar(name, events, request.build_absolute_uri())
    return file_response(content, "my-programme")


def session_events(page: ConferencePage, refs: Iterable[str], request: HttpRequest) -> list[Event]:
    """Return the events of these sessions; what left the programme comes as cancelled."""
    wanted = set(refs)
    address = page_address(page, request)
    key = page.translation_key
    entries = entries_of([key])
    present = programme_of(page).chosen(wanted)
    events = []
    for item in present:
        entry = entries.get((key, item.block_id[:ENTRY_REF_LENGTH]))
        events.append(build.session_event(page, item, entry, f"{address}#session-{item.ref}"))
    absent = wanted - {item.ref for item in present}
    for (_key, block), entry in entries.items():
        if entry.is_gone and block[:REF_LENGTH] in absent:
            events.append(build.gone_event(page, entry, address))
    return events
