from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ecca_site.core.models import IndexPage
from news.forms import NewsFilterForm


class NewsIndexPage(IndexPage):
    """The list of all news of one language, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    page_size = 12
    query_parameters = ("topic", "page")

    class Meta:
        verbose_name = _("news list")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        form = NewsFilterForm(request.GET)
        news = form.news_for(self.reader_language)
        context["form"] = form
        context["page_obj"] = Paginator(news, self.page_size).get_page(request.GET.get("page"))
        return context
