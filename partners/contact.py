"""The mailbox of an organisation, which stands on no page: whoever presses a button sees it."""

from http import HTTPStatus

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ecca_site.core.addresses import path_here
from ecca_site.core.page_numbers import page_for_readers
from ecca_site.core.submissions import is_allowed, is_foreign, network_of, public_form

from .models import PartnerPage

HOUR = 3600
MOST_OF_A_NETWORK = 30  # mailboxes an hour


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request, number):
    partner = page_for_readers(PartnerPage, number)
    if not partner.mailbox:
        raise Http404
    context = {"profile": partner, "profile_path": path_here(partner, request)}
    status = HTTPStatus.OK
    if request.method == "POST":
        if is_foreign(request):
            status = HTTPStatus.FORBIDDEN
        elif not is_allowed("mailbox", network_of(request), MOST_OF_A_NETWORK, HOUR):
            status = HTTPStatus.TOO_MANY_REQUESTS
        else:
            context["mailbox"] = partner.mailbox
        context["is_refused"] = status != HTTPStatus.OK
    return render(request, "partners/contact.html", context, status=status)
