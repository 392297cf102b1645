from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from ecca_site.delivery.parameters import reads
from ecca_site.delivery.views import reading

from .forms import SearchForm
from .full_text import MAX_HITS, hits
from .results import results

PAGE_SIZE = 10


@reading
@reads(*SearchForm.base_fields, "page")
def search(request: HttpRequest) -> HttpResponse:
    """Search the published pages of the current language.

    An invalid query answers 400 with the form and its errors. Search engines are asked not to keep
    any answer.
    """
    form = SearchForm(request.GET)
    is_valid = form.is_valid()
    query = form.cleaned_data["q"] if is_valid else ""
    found = hits(query, get_language()) if query else []
    page_obj = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    page_obj.object_list = results(request, page_obj.object_list, query)
    context = {
        "form": form,
        "query": query,
        "page_obj": page_obj,
        "has_more_hits": len(found) == MAX_HITS,
    }
    status = HTTPStatus.OK if is_valid else HTTPStatus.BAD_REQUEST
    response = render(request, "search/search.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
