"""The directory as a file, for whoever keeps it: one line for each organisation, in the language of the CMS."""

import csv
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ecca_site.core.collation import sort_key
from ecca_site.moderation.spreadsheet import as_text

from .models import PartnerPage

VIEW = "partners.view_partnerpage"
FIELDS = (
    "title", "legal_name", "short_name", "partner_class", "country", "region", "city", "latitude", "longitude",
    "founded_year", "website", "mailbox", "eccp_url", "labels", "members_sme", "members_large", "members_research",
    "members_public", "themes", "offers", "seeks", "target_countries", "working_languages", "confirmed_on",
)  # fmt: skip


def for_keepers(view):
    @wraps(view)
    @require_safe
    def checked(request):
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        return view(request)

    return checked


def records():
    """Return what is live of every organisation by the name of the field, by one query."""
    language = get_language()
    partners = PartnerPage.objects.for_readers(language).select_related("locale").order_by()
    return [
        {name: getattr(partner, name) for name in FIELDS}
        | {"language": partner.locale.language_code, "completeness": partner.completeness}
        for partner in sorted(partners, key=lambda partner: (sort_key(partner.title, language), partner.pk))
    ]


def _cell(value):
    if isinstance(value, list):
        value = ", ".join(value)
    # What is a number stays one: a longitude in the west is no formula.
    return as_text(value) if isinstance(value, str) else value


@for_keepers
def as_csv(request):
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")  # Excel reads UTF-8 by this mark only
    response["Content-Disposition"] = 'attachment; filename="partners.csv"'
    writer = csv.writer(response)
    writer.writerow([*FIELDS, "language", "completeness"])
    writer.writerows([_cell(value) for value in record.values()] for record in records())
    return response


@for_keepers
def as_json(request):
    response = JsonResponse({"partners": records()})
    response["Content-Disposition"] = 'attachment; filename="partners.json"'
    return response
