"""The public side of the call for contributions."""

from http import HTTPStatus
from pathlib import Path

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conferences.addresses import conference_for_readers, page_address
from conferences.models import Contribution, Desk
from ecca_site.core.submissions import is_allowed, network_of, public_form

from . import letters
from .forms import ContributionForm

HOUR, DAY = 3600, 24 * 3600
MOST_OF_A_NETWORK = 20  # contributions an hour
MOST_OF_AN_ADDRESS = 10  # contributions a day


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request, number):
    conference = conference_for_readers(number)
    context = {"conference": conference, "conference_url": page_address(conference, request)}
    if not conference.is_call_open:
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
        return render(request, "conferences/contributions/closed.html", context, status=status)
    status = HTTPStatus.OK
    form = ContributionForm(request=request, initial={"language": get_language()})
    if request.method == "POST":
        form = ContributionForm(request.POST, request.FILES, request=request)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            if keep(request, form, conference):
                return redirect("conference_contributed", number=conference.pk)
            form.add_error(None, _("Too many contributions came from your network or with this address. Try later."))
            status = HTTPStatus.TOO_MANY_REQUESTS
    return render(request, "conferences/contributions/contribute.html", context | {"form": form}, status=status)


@transaction.atomic
def keep(request, form, conference):
    """Keep a contribution and write to its author; one that is sent twice is one. Return whether that was allowed."""
    desk = Desk.locked(conference)  # two clicks come one after the other
    if desk.contributions.filter(submission=form.number).exists():
        return True
    if not (
        is_allowed("contribution", network_of(request), MOST_OF_A_NETWORK, HOUR)
        and is_allowed("contribution", form.cleaned_data["email"], MOST_OF_AN_ADDRESS, DAY)
    ):
        return False
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
    return True


@public_form
@require_safe
def contributed(request, number):
    conference = conference_for_readers(number)
    context = {"conference": conference, "conference_url": page_address(conference, request)}
    return render(request, "conferences/contributions/contributed.html", context)
