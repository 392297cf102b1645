from collections.abc import Callable, Iterable

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import StringSegment, Translation, get_edit_url

from . import machine
from .access import translation_for

LONGEST_NUMBER = 18  # digits; more than any number of a row has


@transaction.non_atomic_requests  # the service may take seconds
@require_POST
def suggest_all(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Ask the service for every text that has no translation, as drafts."""
    return _suggest(request, translation_id, machine.untranslated)


@transaction.non_atomic_requests
@require_POST
def suggest_one(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """Ask the service for one text, as a draft."""

    def named_segment(translation: Translation) -> list[StringSegment]:
        segments = StringSegment.objects.select_related("string", "context")
        segment = get_object_or_404(segments, pk=string_segment_id, source=translation.source)
        return [segment]

    return _suggest(request, translation_id, named_segment)


def _suggest(
    request: HttpRequest,
    translation_id: int,
    segments_of: Callable[[Translation], Iterable[StringSegment]],
) -> HttpResponse:
    """Ask the service for segments of a translation where the settings name one.

    Its failure is no fault of the request, and nothing is lost by it.
    """
    translation = translation_for(request.user, translation_id)
    translator = machine.translator_for(translation)
    if translator is None:
        raise Http404
    try:
        suggested = machine.suggest(translation, translator, request.user, segments_of(translation))
    except machine.ServiceFailed:
        message = _(
            "%(name)s does not answer as it should. Try again later, or translate yourself."
        )
        messages.error(request, message % {"name": translator.display_name})
        return _back(request, translation)
    if suggested.saved:
        message = ngettext(
            "%(count)d draft by %(name)s. Check it, then confirm it.",
            "%(count)d drafts by %(name)s. Check each, then confirm it.",
            suggested.saved,
        )
        messages.success(
            request, message % {"count": suggested.saved, "name": translator.display_name}
        )
    elif not suggested.refused:
        messages.warning(request, _("There is nothing left to translate."))
    if suggested.refused:
        message = ngettext(
            "%(count)d text is left to you: the machine has spoilt its markup.",
            "%(count)d texts are left to you: the machine has spoilt their markup.",
            suggested.refused,
        )
        messages.warning(request, message % {"count": suggested.refused})
    return _back(request, translation)


@require_POST
def confirm(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Take drafts of the machine as one's own: one that is named, or those of the form."""
    translation = translation_for(request.user, translation_id)
    numbers = [int(sent) for sent in request.POST.getlist("text") if _is_number(sent)]
    count = machine.confirm(translation, request.user, numbers)
    message = ngettext("%(count)d text is confirmed.", "%(count)d texts are confirmed.", count)
    messages.success(request, message % {"count": count})
    return _back(request, translation)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def _back(request: HttpRequest, translation: Translation) -> HttpResponse:
    edit_url = get_edit_url(translation.get_target_instance())
    return redirect(get_valid_next_url_from_request(request) or edit_url)
