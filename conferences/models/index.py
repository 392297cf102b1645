from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ecca_site.core.models import IndexPage

from .conference import ConferencePage


class ConferenceIndexPage(IndexPage):
    """The list of coming and past conferences."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["conferences.ConferencePage"]
    page_size = 12
    query_parameters = ("page",)

    class Meta:
        verbose_name = _("list of conferences")

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        context["upcoming"] = ConferencePage.objects.upcoming(self.reader_language)[:]
        past = ConferencePage.objects.past(self.reader_language)
        context["page_obj"] = Paginator(past, self.page_size).get_page(request.GET.get("page"))
        return context
