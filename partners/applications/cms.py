"""Applications and invitations in the CMS."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from ecca_site.mail.outbox import language_of
from ecca_site.moderation.reviewable import reviewable
from partners.models import Application, PartnerPage, PartnerTeam

from . import flow
from .forms import QUESTIONS, DecisionForm, InvitationForm

INVITE = "partners.add_invitation"
# The acts of the two buttons.
DECISIONS = {"ask": flow.ask, "decline": flow.decline}


def review_panel(request: HttpRequest, state: TaskState, page: Page) -> str:
    """Return the panel with the application beside the draft that it became.

    It is "" where the page comes from no application.
    """
    if not isinstance(page, PartnerPage):
        return ""
    application = Application.objects.filter(profile_id=page.pk, erased_at=None).first()
    if application is None:
        return ""
    context = {
        "application": application,
        "facts": facts_of(application),
        "similar": flow.similar_to(application),
        "state": state,
    }
    return render_to_string("partners/applications/review_panel.html", context, request)


def facts_of(application: Application) -> Iterator[tuple[str | Promise, Any]]:
    """Yield the label and the value of each answer in an application, and of the consent."""
    for name in ("partner_class", *QUESTIONS[application.partner_class]):
        field = Application._meta.get_field(name)
        value = getattr(application, name)
        if name.startswith("members_"):
            field = PartnerPage._meta.get_field(name)
        if field.choices:
            value = _in_words(value, dict(field.flatchoices))
        if value not in (None, ""):
            yield field.verbose_name, value
    yield _("Consent"), f"{application.consent_text} ({application.consent_version})"


def _in_words(value: str | list[str], names: dict[str, str | Promise]) -> str:
    """Return the names of one code or several; one that is no choice any more stands for itself."""
    codes = value if isinstance(value, list) else [value]
    return ", ".join(str(names.get(code, code)) for code in codes)


def decide(request: HttpRequest, state: int, number: int) -> HttpResponse:
    """Ask the applicant or decline, for people who may decide the review of the draft.

    Raises:
        TooLate: somebody has decided meanwhile.
        Http404: the application is not that of the review, or the button is none of these two.
    """
    task_state = reviewable(request.user, state)
    page = task_state.workflow_state.content_object
    if not isinstance(page, Page):
        raise Http404
    application = get_object_or_404(Application, pk=number, profile_id=page.pk)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        act = DECISIONS.get(request.POST.get("action"))
        if act is None:
            raise Http404
        if form.is_valid():
            act(application, request.user, form.cleaned_data["text"])
            messages.success(request, _("The applicant gets a mail."))
            return redirect("moderation_queue")
    context = {"form": form, "application": application}
    status = _status_of(form)
    return render(request, "partners/applications/decide.html", context, status=status)


def invitations(request: HttpRequest) -> HttpResponse:
    """Show the open invitations of an organisation; let its people invite others.

    Raises:
        PermissionDenied: the user is in no team, or may not invite.
    """
    teams = PartnerTeam.objects.filter(role_group__group__user=request.user)
    team = teams.named(get_language()).first()
    if team is None or not request.user.has_perm(INVITE):
        raise PermissionDenied
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            flow.invite(team, form.cleaned_data["email"], language_of(request.user))
        except flow.CannotInvite as error:
            form.add_error("email", str(error))
        else:
            return redirect("partner_invitations")
    context = {"form": form, "team": team, "invitations": flow.open_invitations(team)}
    status = _status_of(form)
    return render(request, "partners/applications/invitations.html", context, status=status)


def _status_of(form: Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
