from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.views.generic import IndexView

from ecca_site.translation.texts.access import translation_for

from .hints import Hints


@never_cache
@require_safe
def hints(request, translation_id):
    """Return the hints as a fragment for the translation editor, which asks after each text that was saved."""
    translation = translation_for(request.user, translation_id)
    return render(request, "glossary/hints.html", {"hints": Hints(translation), "translation": translation})


class TermsView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("wordings__locale")
