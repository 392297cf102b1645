"""Views for translators beside wagtail-localize's editor.

They save a text, submit a translation, or confirm that nothing needs to be changed.
"""

from http import HTTPStatus

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from ecca_site.moderation.reviewed import Reviewed, edit_path, title_of
from ecca_site.users.models import User

from ..localize.access import may_translate
from ..localize.alarms import Asked, answer
from ..localize.records import StringSegment, Translation
from ..localize.store import save_text, stored_text
from . import confirmation
from .alarms import AlarmsRefused, all_asked, name_of, unseen
from .snippets import submit_snippet
from .submit import (
    SubmissionRefused,
    check,
    sources_of,
    submit,
    translated_by,
    translation_of,
)
from .work import Work


class SavedMeanwhile(ValidationError):
    """Somebody has saved another text since this one's editor was shown."""

    def __init__(self, other: str) -> None:
        message = _(
            "Somebody has saved another text here meanwhile: “%(text)s”. Save again to replace it."
        )
        super().__init__(message, params={"text": other})
        self.other = other


def editable(user: User, translation_id: int) -> tuple[Translation, Reviewed]:
    """Return a translation and its page, or the snippet that it leads to.

    Raises:
        Http404: there is none, it was stopped, or its page is gone.
        PermissionDenied: the user may not work on it.
    """
    translations = Translation.objects.select_related(
        "source__locale", "source__object", "target_locale"
    )
    translation = get_object_or_404(translations, pk=translation_id, enabled=True)
    instance = translated_by(translation)
    if instance is None:
        raise Http404
    if not may_translate(user, translation, instance):
        raise PermissionDenied
    return translation, instance


def editor_of(instance: Reviewed, anchor: str = "") -> HttpResponse:
    """Lead back to the editor of a page or a snippet."""
    return redirect(edit_path(instance) + anchor)


@require_POST
def submit_view(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Hand a translation to its reviewers; the editor says what is missing.

    What is asked of its texts, and was not yet, is shown first.
    """
    translation, page = editable(request.user, translation_id)
    hand_in = submit if isinstance(page, Page) else submit_snippet
    questions = unseen(all_asked(translation))
    is_seen = not questions or request.POST.get("seen") == name_of(questions)
    try:
        if not is_seen:
            check(translation, page, request.user)
            return ask(request, translation, page, questions)
        page = hand_in(translation, request.user)
    except AlarmsRefused as refusal:
        refusal.mark()
        messages.error(request, str(refusal))
        return editor_of(page)
    except SubmissionRefused as refusal:
        messages.error(request, str(refusal))
        return editor_of(page)
    answer(questions, request.user)
    title = title_of(page)
    if page.current_workflow_state is None:
        messages.success(request, _("“%(title)s” was published.") % {"title": title})
    else:
        messages.success(request, _("“%(title)s” was submitted for review.") % {"title": title})
    return editor_of(page)


def ask(
    request: HttpRequest, translation: Translation, page: Reviewed, questions: list[Asked]
) -> HttpResponse:
    """Show the questions that are open, before a translation is handed in with them."""
    context = {
        "translation": translation,
        "page": page,
        "title": title_of(page),
        "questions": questions,
        "seen": name_of(questions),
        "edit_path": edit_path(page),
    }
    return render(request, "translation/submit_asked.html", context)


@require_POST
def text_view(request: HttpRequest, translation_id: int, segment_id: int) -> HttpResponse:
    """Save one text, as wagtail-localize's editor does.

    A script that asks for JSON is told how the work stands, and is refused where somebody else has
    saved the text since it was shown.
    """
    translation, page = editable(request.user, translation_id)
    segment = get_object_or_404(StringSegment, pk=segment_id, source__in=sources_of(translation))
    data = request.POST.get("data", "").strip()
    is_script = request.accepts("application/json") and not request.accepts("text/html")
    try:
        if is_script:
            refuse_to_overwrite(translation, segment, request.POST.get("shown", ""), data)
        stored, _is_new = save_text(translation, segment, data, request.user)
    except ValidationError as error:
        if is_script:
            return refused(error)
        context = {
            "translation": translation,
            "page": page,
            "segment": segment,
            "data": data,
            "error": error.messages,
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "translation/text_refused.html", context, status=status)
    reason = stored.get_error()
    if is_script:
        return saved(request, Work(translation, page), stored.data, reason)
    if reason:
        messages.error(request, reason)
        return editor_of(page, f"#text-{segment.pk}")
    messages.success(request, _("The text was saved."))
    return editor_of(page, "#open-texts")


def refuse_to_overwrite(
    translation: Translation, segment: StringSegment, shown: str, data: str
) -> None:
    """Refuse a text where another one than ``shown`` is stored by now.

    Raises:
        SavedMeanwhile: with the other text.
    """
    other = stored_text(translation, segment)
    if other and other not in (shown, data):
        raise SavedMeanwhile(other)


def refused(error: ValidationError) -> JsonResponse:
    """Say why a text was not saved and, where another one stands there by now, which."""
    answer = {"error": " ".join(error.messages)}
    if isinstance(error, SavedMeanwhile):
        answer["shown"] = error.other
    return JsonResponse(answer, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def saved(request: HttpRequest, work: Work, data: str, reason: str | None) -> JsonResponse:
    """Say what was saved, what is wrong with it, and how the work stands now."""
    answer = {"shown": data, "error": reason or ""}
    answer["counts"] = render_to_string("translation/counts.html", {"work": work}, request)
    return JsonResponse(answer)


class ConfirmationForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why does nothing need to be changed?"),
        max_length=255,
        help_text=gettext_lazy("It is kept in the page's history."),
    )


def confirm_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the reason, then say that a stale translation is right as it is."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    form = ConfirmationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            confirmation.confirm(page, request.user, form.cleaned_data["reason"])
        except SubmissionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The translation counts as up to date."))
            return editor_of(page)
    translation = translation_of(page)
    work = Work(translation, page) if translation else None
    context = {"page": page, "form": form, "work": work}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "translation/confirm.html", context, status=status)
