from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.views.generic import IndexView

from ..localize.access import translation_for
from .hints import Hints
from .models import Term


@never_cache
@require_safe
def hints(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Answer with the hints as a fragment for the editor, which asks after each saved text."""
    translation = translation_for(request.user, translation_id)
    context = {"hints": Hints(translation), "translation": translation}
    return render(request, "glossary/hints.html", context)


class TermsView(IndexView):
    def get_base_queryset(self) -> QuerySet[Term]:
        return super().get_base_queryset().prefetch_related("wordings__locale")
