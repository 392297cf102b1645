"""The speakers of a conference under review who are not live, or not as they would be."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from conferences.models import ConferencePage, Speaker
from conferences.programme import structure_of
from conferences.stored import keys_of, stored_days
from ecca_site.moderation.items import reviews_of_snippets
from ecca_site.moderation.reviewed import edit_path, title_of
from ecca_site.users.models import User


@dataclass(frozen=True)
class Waiting:
    """A speaker who is not live yet, or of whom a newer version waits for a decision."""

    name: str
    state: str
    address: str  # of the review or of the editor, "" where neither is open to whoever looks


def review_panel(request: HttpRequest, state: TaskState, page: Page) -> str:
    """Show to those who review a conference which of its speakers are reviewed by themselves."""
    if not isinstance(page, ConferencePage) or hasattr(state.workflow_state, "page_request"):
        return ""
    waiting = waiting_speakers(state.revision.as_object(), request.user)
    if not waiting:
        return ""
    return render_to_string(
        "conferences/cms/waiting_speakers.html", {"speakers": waiting}, request=request
    )


def waiting_speakers(version: ConferencePage, user: User) -> list[Waiting]:
    """Return the speakers of a version who are not live, or not as they would be, by name."""
    found = []
    for speaker in speakers_of(version):
        task_state = speaker.current_workflow_task_state
        if speaker.live and task_state is None:
            continue
        found.append(
            Waiting(
                name=title_of(speaker),
                state=_state_of(speaker, task_state),
                address=_address_of(speaker, task_state, user),
            )
        )
    return found


def speakers_of(version: ConferencePage) -> list[Speaker]:
    """Return whom a programme names, and those whom readers of its language see in their place."""
    keys: set[int] = set()
    for day in stored_days(structure_of(version)):
        for _block_id, session in day.sessions:
            keys.update(keys_of(session.get("speakers")))
    named = Speaker.objects.filter(pk__in=keys).values("translation_key")
    shown = Q(pk__in=keys) | Q(translation_key__in=named, locale=version.locale_id)
    speakers = Speaker.objects.filter(shown).select_related("latest_revision", "locale")
    return list(speakers.prefetch_related(reviews_of_snippets()).distinct())


def _state_of(speaker: Speaker, task_state: TaskState | None) -> str:
    if task_state is None:
        return _("not live, and not submitted")
    if hasattr(task_state.workflow_state, "page_request"):
        return _("somebody asks to take it offline or to delete it")
    if not speaker.live:
        return _("not live, waits for a decision")
    return _("a change waits for a decision")


def _address_of(speaker: Speaker, task_state: TaskState | None, user: User) -> str:
    if task_state is not None and task_state.task.specific.is_reviewer(speaker, user):
        return reverse("moderation_review", args=[task_state.pk])
    if user.has_perm("conferences.change_speaker"):
        return edit_path(speaker)
    return ""
