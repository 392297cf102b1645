"""The public side of registering: the form, the thanks, and the page behind the secret link."""

from http import HTTPStatus

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conferences.addresses import conference_for_readers, page_address
from conferences.models import ConferencePage, Question, Registration
from conferences.programme import programme_of
from conferences.stages import is_registration_open
from ecca_site.core.submissions import is_allowed, is_foreign, network_of, public_form

from . import flow, links
from .forms import ChangeForm, RegistrationForm

HOUR, DAY = 3600, 24 * 3600
MOST_OF_A_NETWORK = 40  # registrations an hour
MOST_OF_AN_ADDRESS = 5  # forms a day

methods = require_http_methods(["GET", "HEAD", "POST"])


def asked_programme(conference):
    return programme_of(conference) if Question.SESSIONS in conference.questions else None


@public_form
@methods
def register(request, number):
    conference = conference_for_readers(number)
    context = {"conference": conference, "conference_url": page_address(conference, request)}
    if not conference.takes_registrations:
        raise Http404
    if not is_registration_open(conference):
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
        return render(request, "conferences/registration/closed.html", context, status=status)
    form = RegistrationForm(
        request.POST if request.method == "POST" else None,
        request=request, conference=conference, programme=asked_programme(conference),
    )  # fmt: skip
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            status = take(request, form, conference)
            if status is None:
                return redirect("conference_registered", number=conference.pk)
    return render(request, "conferences/registration/register.html", context | {"form": form}, status=status)


def take(request, form, conference):
    """Register by a valid form; return None, or the status of the answer that shows the form again."""
    if not Registration.objects.filter(submission=form.number).exists() and not (
        is_allowed("registration", network_of(request), MOST_OF_A_NETWORK, HOUR)
        and is_allowed("registration", form.cleaned_data["email"], MOST_OF_AN_ADDRESS, DAY)
    ):
        form.add_error(None, _("Too many registrations came from your network or with this address. Try later."))
        return HTTPStatus.TOO_MANY_REQUESTS
    try:
        flow.register(conference, form.answers, language=get_language(), submission=form.number)
    except flow.IsFull:
        form.add_error(None, _("All places are taken."))
        return HTTPStatus.CONFLICT
    return None


@public_form
@require_safe
def registered(request, number):
    conference = conference_for_readers(number)
    context = {"conference": conference, "conference_url": page_address(conference, request)}
    return render(request, "conferences/registration/registered.html", context)


@public_form
@methods
def manage(request, token):
    """Show a registration to whoever has its link; take changes, or the wish to cancel."""
    registration = links.registration_at(token)
    if registration is None:
        raise Http404
    number = ConferencePage.objects.live().filter(translation_key=registration.desk.translation_key).values("pk")[:1]
    conference = conference_for_readers(number)
    is_open = registration.state != Registration.State.CANCELLED and not conference.is_past
    programme = asked_programme(conference)
    initial = {name: getattr(registration, name) for name in ("name", "organisation", "dietary", "accessibility")}
    initial["sessions"] = registration.session_refs
    is_change = request.method == "POST" and is_open and request.POST.get("action") != "cancel"
    form = ChangeForm(
        request.POST if is_change else None,
        request=request, conference=conference, programme=programme, initial=initial,
    )  # fmt: skip
    status = HTTPStatus.OK
    if request.method == "POST" and not is_open:
        status = HTTPStatus.CONFLICT
    elif request.method == "POST" and not is_change:
        if is_foreign(request):
            status = HTTPStatus.FORBIDDEN
        else:
            flow.cancel(registration)
            return HttpResponseRedirect(request.path)
    elif is_change:
        if form.is_valid():
            flow.change(registration, form.answers)
            return HttpResponseRedirect(f"{request.path}?changed")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "conference": conference,
        "conference_url": page_address(conference, request),
        "registration": registration,
        "form": form,
        "is_open": is_open,
        "is_changed": "changed" in request.GET,
    }
    return render(request, "conferences/registration/manage.html", context, status=status)
