"""The directory as a file, for the people who keep it.

It has one line for each organisation, in the language of the CMS.
"""

import csv
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ecca_site.core.spreadsheets import as_cell

from .models import PartnerPage

VIEW = "partners.view_partnerpage"
FIELDS = (
    "title",
    "legal_name",
    "short_name",
    "partner_class",
    "country",
    "region",
    "city",
    "latitude",
    "longitude",
    "founded_year",
    "website",
    "mailbox",
    "eccp_url",
    "labels",
    "members_sme",
    "members_large",
    "members_research",
    "members_public",
    "themes",
    "offers",
    "seeks",
    "target_countries",
    "working_languages",
    "confirmed_on",
)


View = Callable[[HttpRequest], HttpResponse]


def for_keepers(view: View) -> View:
    """Open a view to people who may read the directory in the CMS."""

    @wraps(view)
    @require_safe
    def checked(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        return view(request)

    return checked


def records() -> list[dict[str, Any]]:
    """Return the live values of every organisation by the names of fields, by one query."""
    language = get_language()
    partners = PartnerPage.objects.for_readers(language).select_related("locale")
    by_name = partners.order_by("shown__place", "pk")
    found = []
    for partner in by_name:
        record = {name: getattr(partner, name) for name in FIELDS}
        record["language"] = partner.locale.language_code
        record["completeness"] = partner.completeness
        found.append(record)
    return found


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = ", ".join(value)
    return as_cell(value)


@for_keepers
def as_csv(request: HttpRequest) -> HttpResponse:
    # Excel reads UTF-8 by this mark only.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="partners.csv"'
    writer = csv.writer(response)
    writer.writerow([*FIELDS, "language", "completeness"])
    for record in records():
        writer.writerow([_cell(value) for value in record.values()])
    return response


@for_keepers
def as_json(request: HttpRequest) -> HttpResponse:
    response = JsonResponse({"partners": records()})
    response["Content-Disposition"] = 'attachment; filename="partners.json"'
    return response
