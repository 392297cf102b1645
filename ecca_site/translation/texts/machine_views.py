from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import StringSegment, get_edit_url

from . import machine
from .access import translation_for


@transaction.non_atomic_requests  # the service may take seconds
@require_POST
def suggest_all(request, translation_id):
    """Ask the service for every text that has no translation, as drafts."""
    return _suggest(request, translation_id, lambda translation: machine.untranslated(translation))


@transaction.non_atomic_requests
@require_POST
def suggest_one(request, translation_id, string_segment_id):
    """Ask the service for one text, as a draft."""
    segments = StringSegment.objects.select_related("string", "context")
    return _suggest(
        request,
        translation_id,
        lambda translation: [get_object_or_404(segments, pk=string_segment_id, source=translation.source)],
    )


def _suggest(request, translation_id, segments_of):
    """Do it where the settings name a service. Its failure is no fault of the request, and nothing is lost by it."""
    translation = translation_for(request.user, translation_id)
    translator = machine.translator_for(translation)
    if translator is None:
        raise Http404
    try:
        suggested = machine.suggest(translation, translator, request.user, segments_of(translation))
    except machine.ServiceFailed:
        message = _("%(name)s does not answer as it should. Try again later, or translate yourself.")
        messages.error(request, message % {"name": translator.display_name})
        return _back(request, translation)
    if suggested.saved:
        message = ngettext(
            "%(count)d draft by %(name)s. Check it, then confirm it.",
            "%(count)d drafts by %(name)s. Check each, then confirm it.",
            suggested.saved,
        )
        messages.success(request, message % {"count": suggested.saved, "name": translator.display_name})
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
def confirm(request, translation_id):
    """Take drafts of the machine as one's own: the one named, or those that stand in the form."""
    translation = translation_for(request.user, translation_id)
    numbers = [number for number in request.POST.getlist("text") if number.isascii() and number.isdigit()]
    count = machine.confirm(translation, request.user, [int(number) for number in numbers if len(number) < 19])
    message = ngettext("%(count)d text is confirmed.", "%(count)d texts are confirmed.", count)
    messages.success(request, message % {"count": count})
    return _back(request, translation)


def _back(request, translation):
    return redirect(get_valid_next_url_from_request(request) or get_edit_url(translation.instance))
