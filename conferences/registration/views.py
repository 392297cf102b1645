"""The public side of registering: the form, the thanks, and the page behind the secret link."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conferences.addresses import conference_for_readers, page_address
from conferences.models import ConferencePage, Question, Registration
from conferences.programme import Programme, programme_of
from conferences.stages import is_registration_open
from ecca_site.delivery.parameters import reads
from ecca_site.intake import limits
from ecca_site.intake.decisions import TooLate
from ecca_site.intake.submissions import is_foreign, public_form

from . import flow, links
from .forms import ChangeForm, RegistrationForm

methods = require_http_methods(["GET", "HEAD", "POST"])


def asked_programme(conference: ConferencePage) -> Programme | None:
    """Return the programme where the form asks for sessions of it."""
    if Question.SESSIONS not in conference.questions:
        return None
    return programme_of(conference)


@public_form
@methods
def register(request: HttpRequest, number: int) -> HttpResponse:
    """Show the form of a registration; take what was sent.

    Raises:
        TooLate: registration is closed, or there is no place left.
    """
    conference = conference_for_readers(number)
    context = {"conference": conference, "conference_url": page_address(conference, request)}
    if not conference.takes_registrations:
        raise Http404
    status: HTTPStatus | None = HTTPStatus.OK
    if not is_registration_open(conference):
        if request.method == "POST":
            raise TooLate(_("Registration is closed."))
        return render(request, "conferences/registration/closed.html", context)
    form = RegistrationForm(
        request.POST if request.method == "POST" else None,
        request=request,
        conference=conference,
        programme=asked_programme(conference),
    )
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            status = take(request, form, conference)
            if status is None:
                return redirect("conference_registered", number=conference.pk)
    return render(
        request, "conferences/registration/register.html", context | {"form": form}, status=status
    )


def take(
    request: HttpRequest, form: RegistrationForm, conference: ConferencePage
) -> HTTPStatus | None:
    """Register by a valid form.

    Return None, or the status of the answer that shows the form again.
    """
    if not Registration.objects.filter(submission=form.number).exists():
        refusal = limits.refusal(request, "registration", form.cleaned_data["email"])
        if refusal:
            form.add_error(None, refusal)
            return HTTPStatus.TOO_MANY_REQUESTS
    flow.register(conference, form.answers, language=get_language(), submission=form.number)
    return None


@public_form
@require_safe
def registered(request: HttpRequest, number: int) -> HttpResponse:
    conference = conference_for_readers(number)
    context = {"conference": conference, "conference_url": page_address(conference, request)}
    return render(request, "conferences/registration/registered.html", context)


@public_form
@methods
@reads("changed")
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show a registration to whoever has its link; take changes, or the wish to cancel.

    Raises:
        TooLate: it is cancelled, or the conference is over.
    """
    registration = links.registration_at(token)
    if registration is None:
        raise Http404
    key = registration.desk.translation_key
    number = ConferencePage.objects.live().filter(translation_key=key).values("pk")[:1]
    conference = conference_for_readers(number)
    is_open = registration.state != Registration.State.CANCELLED and not conference.is_past
    programme = asked_programme(conference)
    initial = {
        name: getattr(registration, name)
        for name in ("name", "organisation", "dietary", "accessibility")
    }
    initial["sessions"] = registration.session_refs
    is_change = request.method == "POST" and is_open and request.POST.get("action") != "cancel"
    form = ChangeForm(
        request.POST if is_change else None,
        request=request,
        conference=conference,
        programme=programme,
        initial=initial,
    )
    status = HTTPStatus.OK
    if request.method == "POST" and not is_open:
        raise TooLate(_("This registration is cancelled, or the conference is over."))
    if request.method == "POST" and not is_change:
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
