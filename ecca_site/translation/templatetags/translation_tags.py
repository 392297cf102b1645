"""The translation editor's list of what is to do, put into wagtail-localize's template.

That template has no block where the list belongs.
"""

from django import template
from django.db.models import Model
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import WorkflowMixin

from ..localize.records import Translation
from ..staleness.notes import ChangeNoteForm, form_for
from ..submission.work import Work

register = template.Library()
EDITOR = '<div class="js-translation-editor"'


@register.simple_tag(takes_context=True)
def translation_work(context: Context, translation: Translation, instance: Model) -> Work | None:
    """Return what there is to do on a translation, None for what goes live without a review."""
    if not isinstance(instance, WorkflowMixin):
        return None
    return Work(translation, instance, context["request"].user)


@register.simple_tag(takes_context=True)
def change_note_form(context: Context) -> ChangeNoteForm | None:
    request = context["request"]
    return form_for(context["page"], request.POST if request.method == "POST" else None)


@register.filter
def before_editor(html: str, panel: str) -> SafeString:
    """Put a panel between wagtail-localize's header and its editor.

    Raises:
        ValueError: wagtail-localize's template has no such element any more.
    """
    head, marker, editor = str(html).partition(EDITOR)
    if not marker:
        raise ValueError("localize's editor is called otherwise now: look at its template.")
    return mark_safe(head + str(panel) + marker + editor)  # noqa: S308  both are rendered templates
