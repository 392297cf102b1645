"""The translation editor's list of what is to do; localize's template has no block where it belongs."""

from django import template
from django.utils.safestring import mark_safe
from wagtail.models import Page

from ..notes import form_for
from ..work import Work

register = template.Library()
EDITOR = '<div class="js-translation-editor"'


@register.simple_tag(takes_context=True)
def translation_work(context, translation, instance):
    return Work(translation, instance, context["request"].user) if isinstance(instance, Page) else None


@register.simple_tag(takes_context=True)
def change_note_form(context):
    request = context["request"]
    return form_for(context["page"], request.POST if request.method == "POST" else None)


@register.filter
def before_editor(html, panel):
    """Put a panel between localize's header and its editor.

    Raises:
        ValueError: localize's template has no such element any more.
    """
    head, marker, editor = str(html).partition(EDITOR)
    if not marker:
        raise ValueError("localize's editor is called otherwise now: look at its template.")
    return mark_safe(head + str(panel) + marker + editor)  # noqa: S308  both are rendered templates
