"""Views of the alarms of a translation: they are shown, mended, or dismissed with a reason."""

from http import HTTPStatus

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ecca_site.moderation.reviewed import edit_path, title_of

from ..checks.models import LONGEST_REASON
from ..localize.alarms import answer
from ..localize.records import StringSegment, Translation
from ..localize.store import save_text
from .alarms import all_asked, asked_by
from .submit import is_waiting, sources_of
from .views import editable, editor_of

ANCHOR = "#translation-alarms"


class DismissalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is this text right?"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Reviewers read it beside the text."),
    )


@never_cache
@require_safe
def alarms_view(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Answer with the alarms as a fragment for the editor, which asks after each saved text."""
    translation, page = editable(request.user, translation_id)
    locked = is_waiting(page.current_workflow_state)
    return render(request, "translation/alarms.html", _context(translation, locked))


@require_POST
def dismiss_view(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Keep why a text is right though something was asked; a script gets the alarms anew."""
    translation, page = editable(request.user, translation_id)
    asked = asked_by(translation, request.POST.get("alarm", ""), _changed())
    form = DismissalForm(request.POST)
    if asked.is_refused:
        form.add_error(None, _("This cannot be dismissed: the text cannot be submitted so."))
    if not form.is_valid():
        context = {
            "translation": translation,
            "title_of_page": title_of(page),
            "edit_path": edit_path(page),
            "asked": asked,
            "form": form,
        }
        if _is_script(request):
            reasons: list[str] = []
            for errors in form.errors.values():
                reasons += errors
            error = " ".join(reasons)
            return JsonResponse({"error": error}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "translation/alarm_dismiss.html", context, status=status)
    answer([asked], request.user, form.cleaned_data["reason"])
    if _is_script(request):
        html = render_to_string(
            "translation/alarms.html", _context(translation, False), request=request
        )
        return JsonResponse({"html": html})
    messages.success(request, _("Your reason is kept with the text."))
    return editor_of(page, ANCHOR)


@require_POST
def mend_view(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Save a text as an alarm would have it, in the name of whoever asked for that."""
    translation, page = editable(request.user, translation_id)
    asked = asked_by(translation, request.POST.get("alarm", ""), _changed())
    segments = StringSegment.objects.filter(
        source__in=sources_of(translation),
        string=asked.text.translation_of_id,
        context=asked.text.context_id,
    )
    if asked.mended is None:
        raise Http404
    try:
        save_text(translation, segments.order_by("pk")[0], asked.mended, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The text was mended."))
    return editor_of(page, ANCHOR)


def _context(translation: Translation, locked: bool) -> dict[str, object]:
    return {"translation": translation, "texts": all_asked(translation), "is_locked": locked}


def _is_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _changed() -> str:
    return _("This text has changed meanwhile, or nothing is asked of it any more.")
