from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from ecca_site.core.models import IndexPage

from .conference import ConferencePage


class ConferenceIndexPage(IndexPage):
    """Coming and past conferences."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["conferences.ConferencePage"]
    page_size = 12

    class Meta:
        verbose_name = _("list of conferences")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["upcoming"] = ConferencePage.objects.upcoming().for_readers(self.reader_language).for_cards()
        past = ConferencePage.objects.past().for_readers(self.reader_language).for_cards()
        context["page_obj"] = Paginator(past, self.page_size).get_page(request.GET.get("page"))
        return context
