"""The mailbox of an organisation, which stands on no page: visitors press a button to see it."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ecca_site.delivery.addresses import path_here
from ecca_site.delivery.page_numbers import page_for_readers
from ecca_site.intake import limits
from ecca_site.intake.submissions import is_foreign, public_form

from .models import PartnerPage


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, number: int) -> HttpResponse:
    """Show the button; a POST shows the mailbox.

    Raises:
        Http404: there is no such profile for readers, or it has no mailbox.
    """
    partner = page_for_readers(PartnerPage, number)
    if not partner.mailbox:
        raise Http404
    context: dict[str, Any] = {"profile": partner, "profile_path": path_here(partner, request)}
    status = HTTPStatus.OK
    if request.method == "POST":
        if is_foreign(request):
            status = HTTPStatus.FORBIDDEN
        elif limits.refusal(request, "shown mailbox"):
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            context["mailbox"] = partner.mailbox
        context["is_refused"] = status != HTTPStatus.OK
    return render(request, "partners/contact.html", context, status=status)
