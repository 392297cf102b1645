from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from .models import Mail, MailQuerySet
from .tasks import try_again


class MailFilterSet(WagtailFilterSet):
    gave_up = django_filters.BooleanFilter(
        label=_("Given up"), field_name="gave_up_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Mail
        fields = ["gave_up", "language"]


class MomentColumn(Column):
    cell_template_name = "mail/moment_cell.html"


class StateColumn(Column):
    cell_template_name = "mail/state_cell.html"


class MailView(ReportView):
    """The mails that no server took: given up, or to be tried again."""

    page_title = _("Mails that failed")
    header_icon = "mail"
    template_name = "mail/failed.html"
    results_template_name = "mail/failed_results.html"
    index_url_name = "mails"
    index_results_url_name = "mails_results"
    filterset_class = MailFilterSet
    default_ordering = "-created_at"
    columns = [
        MomentColumn("created_at", label=_("Written at"), sort_key="created_at"),
        Column("address", label=_("To"), sort_key="address"),
        Column("subject", label=_("Subject")),
        StateColumn("state", label=_("State"), accessor="next_attempt_at", sort_key="gave_up_at"),
        Column("attempts", label=_("Attempts"), sort_key="attempts"),
        Column("last_error", label=_("Last error")),
    ]
    list_export: list[str] = []

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> MailQuerySet:
        return Mail.objects.failed()

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        return super().get_context_data(**kwargs, given_up=Mail.objects.given_up().count())


@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Give every mail that was given up another chance."""
    if not request.user.is_superuser:
        raise PermissionDenied
    number = try_again()
    text = ngettext("%(number)s mail is tried again.", "%(number)s mails are tried again.", number)
    messages.success(request, text % {"number": number})
    return redirect("mails")
