"""The translation editor's list of what is to do, put into wagtail-localize's template.

That template has no block where the list belongs.
"""

from typing import Any

from django import template
from django.db.models import Model
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.ui.side_panels import StatusSidePanel
from wagtail.models import Page, WorkflowMixin

from ..localize.alarms import AskedText
from ..localize.records import Translation
from ..staleness.notes import ChangeNoteForm, form_for
from ..submission.alarms import all_asked
from ..submission.work import Work

register = template.Library()
EDITOR = '<div class="js-translation-editor"'
MAY_PUBLISH = "&quot;canPublish&quot;: true"
MAY_NOT_PUBLISH = "&quot;canPublish&quot;: false"


@register.simple_tag(takes_context=True)
def translation_work(context: Context, translation: Translation, instance: Model) -> Work | None:
    """Return what there is to do on a translation, None for what goes live without a review."""
    if not isinstance(instance, WorkflowMixin):
        return None
    return Work(translation, instance, context["request"].user)


@register.simple_tag
def translation_alarms(translation: Translation) -> list[AskedText]:
    """Return what the checks ask of the texts of a translation and of what goes with it."""
    return all_asked(translation)


class ReviewedStatusPanel(StatusSidePanel):
    """Wagtail's panel of a snippet's state, with the addresses of its reviews.

    wagtail-localize 1.14 knows of no snippets with reviews and makes it without them.
    """

    def get_context_data(self, parent_context: Context) -> dict[str, Any]:
        viewset = self.model.snippet_viewset
        reviews = reverse(viewset.get_url_name("workflow_history"), args=[self.object.pk])
        return {
            **super().get_context_data(parent_context),
            "revisions_compare_url_name": viewset.get_url_name("revisions_compare"),
            "workflow_history_url": reviews,
        }


@register.simple_tag(takes_context=True)
def status_panels(context: Context, instance: Model) -> list[StatusSidePanel]:
    """Return the panels beside the editor of a translation."""
    panels = context["side_panels"]
    if isinstance(instance, Page) or not isinstance(instance, WorkflowMixin):
        return panels
    made = []
    for panel in panels:
        made.append(
            ReviewedStatusPanel(
                instance,
                context["request"],
                locale=panel.locale,
                translations=panel.translations,
                usage_url=panel.usage_url,
                last_updated_info=panel.last_updated_info,
            )
        )
    return made


@register.simple_tag(takes_context=True)
def change_note_form(context: Context) -> ChangeNoteForm | None:
    request = context["request"]
    return form_for(context["page"], request.POST if request.method == "POST" else None)


@register.filter
def before_editor(html: str, panel: str) -> SafeString:
    """Put a panel between wagtail-localize's header and its editor, which offers no publishing.

    It asks the permissions of a page alone whether somebody may publish.

    Raises:
        ValueError: wagtail-localize's template has no such element any more.
    """
    head, marker, editor = str(html).partition(EDITOR)
    if not marker:
        raise ValueError("localize's editor is called otherwise now: look at its template.")
    editor = editor.replace(MAY_PUBLISH, MAY_NOT_PUBLISH)
    return mark_safe(head + str(panel) + marker + editor)  # noqa: S308  both are rendered templates
