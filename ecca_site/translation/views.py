"""What translators do beside localize's editor: save a text, submit, confirm that nothing needs to be changed."""

from http import HTTPStatus

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from . import confirmation
from .submission import SubmissionRefused, sources_of, submit, target_of, translation_of
from .texts.store import save_text
from .work import Work


def editable(user, translation_id):
    """Return a translation and its page.

    Raises:
        PermissionDenied: the user may not change this page.
    """
    translations = Translation.objects.select_related("source__locale", "target_locale")
    translation = get_object_or_404(translations, pk=translation_id, enabled=True)
    page = target_of(translation)
    if page is None:
        raise Http404
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    return translation, page


def editor_of(page, anchor=""):
    return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]) + anchor)


@require_POST
def submit_view(request, translation_id):
    """Hand a translation to its reviewers; what is missing is said in the editor."""
    translation, page = editable(request.user, translation_id)
    try:
        page = submit(translation, request.user)
    except SubmissionRefused as refusal:
        messages.error(request, str(refusal))
        return editor_of(page)
    title = page.get_admin_display_title()
    if page.current_workflow_state is None:
        messages.success(request, _("“%(title)s” was published.") % {"title": title})
    else:
        messages.success(request, _("“%(title)s” was submitted for review.") % {"title": title})
    return editor_of(page)


@require_POST
def text_view(request, translation_id, segment_id):
    """Save one text, as localize's editor does."""
    translation, page = editable(request.user, translation_id)
    segment = get_object_or_404(StringSegment, pk=segment_id, source__in=sources_of(translation))
    data = request.POST.get("data", "").strip()
    try:
        stored, _is_new = save_text(translation, segment, data, request.user)
    except ValidationError as error:
        context = {"translation": translation, "page": page, "segment": segment, "data": data, "error": error.messages}
        return render(request, "translation/text_refused.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if error := stored.get_error():
        messages.error(request, error)
        return editor_of(page, f"#text-{segment.pk}")
    messages.success(request, _("The text was saved."))
    return editor_of(page, "#open-texts")


class ConfirmationForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why does nothing need to be changed?"),
        max_length=255,
        help_text=gettext_lazy("It is kept in the page's history."),
    )


def confirm_view(request, page_id):
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
    return render(request, "translation/confirm.html", context, status=422 if form.errors else 200)
