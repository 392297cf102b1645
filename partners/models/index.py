from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ecca_site.core.models import IndexPage
from partners.directory import Directory


class PartnerIndexPage(IndexPage):
    """The directory of all partners."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["partners.PartnerPage"]
    query_parameters = ("q", "country", "theme", "kind", "cooperation", "language", "page")

    class Meta:
        verbose_name = _("partner directory")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        directory = Directory(self.reader_language, request.GET)
        context["directory"] = directory
        context["form"] = directory.form
        context["page_obj"] = directory.page(request.GET.get("page"))
        return context
