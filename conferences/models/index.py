from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from ecca_site.core.models import BasePage, LeadImageMixin

from .conference import ConferencePage


class ConferenceIndexPage(LeadImageMixin, BasePage):
    """Coming and past conferences."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["conferences.ConferencePage"]
    max_count_per_parent = 1
    page_size = 12

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), *LeadImageMixin.lead_image_panels]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("list of conferences")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["upcoming"] = ConferencePage.objects.upcoming().for_readers(self.reader_language).for_cards()
        past = ConferencePage.objects.past().for_readers(self.reader_language).for_cards()
        context["page_obj"] = Paginator(past, self.page_size).get_page(request.GET.get("page"))
        return context
