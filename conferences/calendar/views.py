"""Calendars to load once or to subscribe to. What somebody picks is in the address alone: no account, no cookie."""

from http import HTTPStatus
from itertools import combinations
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conferences.addresses import conference_for_readers, page_address
from conferences.models import ConferencePage
from conferences.programme import REF_LENGTH, programme_of
from ecca_site.core.views import bad_request, reading

from . import build
from .entries import entries_of

MOST_PICKS = 200


is_ref = RegexValidator(rf"^[0-9a-z-]{{1,{REF_LENGTH}}}\Z")


class PicksForm(forms.Form):
    """The sessions that an address holds, as its parameters ``s``."""

    s = forms.Field(widget=forms.SelectMultiple, required=False)

    def clean_s(self):
        refs = list(dict.fromkeys(self.cleaned_data["s"] or []))
        if len(refs) > MOST_PICKS:
            raise ValidationError(_("These are more sessions than anybody can attend."))
        for ref in refs:
            is_ref(ref)
        return refs


def answer(content, name):
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


@reading
def all_conferences(request):
    """The conferences of all years as readers of a language see them."""
    conferences = ConferencePage.objects.order_by("start_at", "pk").for_readers(get_language()).for_cards()
    conferences = list(conferences)
    entries = entries_of([conference.translation_key for conference in conferences])
    events = [
        build.conference_event(
            conference, entries.get((conference.translation_key, "")), page_address(conference, request)
        )
        for conference in conferences
    ]
    return answer(
        build.make_calendar(_("ECCA conferences"), events, request.build_absolute_uri(request.path)), "ecca-conferences"
    )


@reading
def conference(request, number):
    page = conference_for_readers(number)
    entry = entries_of([page.translation_key]).get((page.translation_key, ""))
    event = build.conference_event(page, entry, page_address(page, request))
    return answer(build.make_calendar(page.title, [event], request.build_absolute_uri(request.path)), page.slug)


@reading
def session(request, number, ref):
    page = conference_for_readers(number)
    events = session_events(page, [ref], request)
    if not events:
        raise Http404
    return answer(build.make_calendar(page.title, events, request.build_absolute_uri(request.path)), f"session-{ref}")


@reading
def programme(request, number):
    """All sessions but the breaks."""
    page = conference_for_readers(number)
    refs = [session.ref for session in programme_of(page).sessions if not session.is_break]
    events = session_events(page, refs, request)
    return answer(build.make_calendar(page.title, events, request.build_absolute_uri(request.path)), page.slug)


@reading
def picks(request, number):
    """The page of somebody's own programme, with the address that a calendar subscribes to."""
    page = conference_for_readers(number)
    form = PicksForm(request.GET)
    if not form.is_valid():
        return bad_request(request)
    refs = form.cleaned_data["s"]
    chosen = programme_of(page).chosen(refs)
    query = urlencode([("s", ref) for ref in refs])
    address = request.build_absolute_uri(f"{reverse('conference_picks_ics', args=[page.pk])}?{query}")
    context = {
        "conference": page,
        "conference_url": page_address(page, request),
        "chosen": chosen,
        "missing": len(refs) - len(chosen),
        "clashes": [(one, other) for one, other in combinations(chosen, 2) if one.overlaps(other)],
        "address": address,
        "subscribe": "webcal" + address[address.index(":") :],
    }
    return render(request, "conferences/calendar/picks.html", context)


@reading
def picks_ics(request, number):
    page = conference_for_readers(number)
    form = PicksForm(request.GET)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.BAD_REQUEST, content_type="text/plain")
    events = session_events(page, form.cleaned_data["s"], request)
    if not events:
        raise Http404
    name = _("My programme: %(title)s") % {"title": page.title}
    return answer(build.make_calendar(name, events, request.build_absolute_uri()), "my-programme")


def session_events(page, refs, request):
    """Return the events of these sessions; what left the programme comes as cancelled."""
    wanted, address = set(refs), page_address(page, request)
    entries = entries_of([page.translation_key])
    key = page.translation_key
    events, present = [], set()
    for item in programme_of(page).sessions:
        if item.ref in wanted:
            present.add(item.ref)
            entry = entries.get((key, item.block_id[:36]))
            events.append(build.session_event(page, item, entry, f"{address}#session-{item.ref}"))
    for (_key, block), entry in entries.items():
        if entry.is_gone and block[:REF_LENGTH] in wanted - present:
            events.append(build.gone_event(page, entry, address))
    return events
