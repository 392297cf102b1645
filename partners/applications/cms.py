"""Applications and invitations in the CMS."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ecca_site.mail.outbox import language_of
from ecca_site.moderation.review import reviewable
from partners.models import Application, PartnerPage, PartnerTeam

from . import flow
from .forms import QUESTIONS, DecisionForm, InvitationForm

INVITE = "partners.add_invitation"


def review_panel(request, state, page):
    """Return what was applied for, beside the draft that it became; "" where the page comes from no application."""
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


def facts_of(application):
    for name in ("partner_class", *QUESTIONS[application.partner_class]):
        field, value = Application._meta.get_field(name), getattr(application, name)
        if name.startswith("members_"):
            field = PartnerPage._meta.get_field(name)
        if field.choices:
            names = dict(field.flatchoices)
            value = ", ".join(str(names.get(code, code)) for code in (value if isinstance(value, list) else [value]))
        if value not in (None, ""):
            yield field.verbose_name, value
    yield _("Consent"), f"{application.consent_text} ({application.consent_version})"


def decide(request, state, number):
    """Ask the applicant or decline, by whoever may decide the review of the draft."""
    state = reviewable(request.user, state)
    application = get_object_or_404(Application, pk=number, profile_id=state.workflow_state.object_id)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        act = {"ask": flow.ask, "decline": flow.decline}.get(request.POST.get("action"))
        if act is None:
            raise Http404
        if form.is_valid():
            try:
                act(application, request.user, form.cleaned_data["text"])
            except flow.CannotDecide as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The applicant gets a mail."))
                return redirect("moderation_queue")
    status = 422 if form.errors else 200
    context = {"form": form, "application": application}
    return render(request, "partners/applications/decide.html", context, status=status)


def invitations(request):
    """Show whom an organisation has invited; let its people invite others."""
    team = PartnerTeam.objects.filter(group__user=request.user).select_related("group").first()
    if team is None or not request.user.has_perm(INVITE):
        raise PermissionDenied
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            flow.invite(team, form.cleaned_data["email"], language_of(request.user))
        except flow.CannotDecide as error:
            form.add_error("email", str(error))
        else:
            return redirect("partner_invitations")
    context = {"form": form, "team": team, "invitations": flow.open_invitations(team)}
    return render(request, "partners/applications/invitations.html", context, status=422 if form.errors else 200)
