from http import HTTPStatus
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from .models import Mail, MailQuerySet
from .tasks import try_again, try_one_again


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
        TitleColumn("subject", label=_("Subject"), url_name="mail"),
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


class AddressForm(forms.Form):
    """The address of a mail that no server took for the one that it had."""

    address = forms.EmailField(
        label=_("To"),
        max_length=Mail._meta.get_field("address").max_length,
        help_text=_("Corrects this mail alone, not the address in anybody's account or profile."),
    )


class OneMailView(WagtailAdminTemplateMixin, FormView):
    """A mail that failed: what it says, why it failed, and another attempt at it."""

    form_class = AddressForm
    template_name = "mail/one.html"
    header_icon = "mail"
    page_title = _("Mail that failed")

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied
        self.mail = get_object_or_404(Mail, pk=kwargs["pk"])
        if self.mail.sent_at:
            return self.already_sent()
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, str]:
        return {"address": self.mail.address}

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        items = [{"url": reverse("mails"), "label": MailView.page_title}]
        return [*super().get_breadcrumbs_items(), *items, {"url": "", "label": self.mail.subject}]

    def get_context_data(self, **kwargs: object) -> dict[str, Any]:
        files = [name for name, _content, _kind in self.mail.attachments or ()]
        return super().get_context_data(**kwargs, mail=self.mail, files=files)

    def form_valid(self, form: AddressForm) -> HttpResponse:
        if not try_one_again(self.mail.pk, form.cleaned_data["address"]):
            return self.already_sent()
        messages.success(self.request, _("This mail is tried again."))
        return redirect("mails")

    def form_invalid(self, form: AddressForm) -> HttpResponse:
        form.fields["address"].widget.attrs["autofocus"] = True
        response = super().form_invalid(form)
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    def already_sent(self) -> HttpResponse:
        messages.warning(self.request, _("This mail has been sent meanwhile."))
        return redirect("mails")
