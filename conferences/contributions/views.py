"""The public side of the call for contributions."""

from http import HTTPStatus
from pathlib import Path

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conferences.addresses import conference_for_readers, page_address
from conferences.models import ConferencePage, Contribution, Desk
from ecca_site.intake import limits
from ecca_site.intake.decisions import TooLate
from ecca_site.intake.submissions import public_form

from . import letters
from .forms import ContributionForm


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: HttpRequest, number: int) -> HttpResponse:
    """Show the form for contributions; keep what was sent.

    Raises:
        TooLate: the call is closed.
    """
    conference = conference_for_readers(number)
    context = {"conference": conference, "conference_url": page_address(conference, request)}
    if not conference.is_call_open:
        if request.method == "POST":
            raise TooLate(_("No contributions are taken at the moment."))
        return render(request, "conferences/contributions/closed.html", context)
    status = HTTPStatus.OK
    form = ContributionForm(request=request, initial={"language": get_language()})
    if request.method == "POST":
        form = ContributionForm(request.POST, request.FILES, request=request)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            refusal = keep(request, form, conference)
            if not refusal:
                return redirect("conference_contributed", number=conference.pk)
            form.add_error(None, refusal)
            status = HTTPStatus.TOO_MANY_REQUESTS
        if request.FILES and "file" not in form.errors:
            form.add_error("file", _("Choose your file again; everything else is still here."))
    return render(
        request,
        "conferences/contributions/contribute.html",
        context | {"form": form},
        status=status,
    )


@transaction.atomic
def keep(request: HttpRequest, form: ContributionForm, conference: ConferencePage) -> str:
    """Keep a contribution and write to its author; return why it is refused, "" where it is kept.

    One that is sent twice is one.
    """
    desk = Desk.locked(conference)  # two clicks come one after the other
    if desk.contributions.filter(submission=form.number).exists():
        return ""
    refusal = limits.refusal(request, "contribution", form.cleaned_data["email"])
    if refusal:
        return refusal
    file = form.cleaned_data["file"]
    contribution = Contribution.objects.create(
        desk=desk,
        reader_language=get_language(),
        submission=form.number,
        file=file or "",
        file_name=Path(file.name).name[-120:] if file else "",
        **form.answers,
    )
    letters.thank(contribution)
    return ""


@public_form
@require_safe
def contributed(request: HttpRequest, number: int) -> HttpResponse:
    conference = conference_for_readers(number)
    context = {"conference": conference, "conference_url": page_address(conference, request)}
    return render(request, "conferences/contributions/contributed.html", context)
