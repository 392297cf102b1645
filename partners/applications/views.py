"""The public side of joining: the form, the page behind the secret link, and the first password."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.users.models import UserProfile

from ecca_site.intake import limits
from ecca_site.intake.decisions import TooLate
from ecca_site.intake.submissions import is_foreign, public_form
from partners.models import Application, Invitation, PartnerClass

from . import flow, letters, links
from .forms import CONSENT, CONSENT_VERSION, AccountForm, AnswerForm, ApplicationForm

methods = require_http_methods(["GET", "HEAD", "POST"])


@public_form
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Show the classes of partners, of which an applicant chooses one."""
    return render(request, "partners/applications/choose.html", {"classes": PartnerClass.choices})


@public_form
@methods
def apply(request: HttpRequest, partner_class: str) -> HttpResponse:
    """Show the form of a class of partners, and take the application.

    Raises:
        Http404: there is no such class.
    """
    if partner_class not in PartnerClass.values:
        raise Http404
    form = ApplicationForm(
        request.POST if request.method == "POST" else None,
        request=request,
        partner_class=partner_class,
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            refusal = keep(request, form, partner_class)
            if not refusal:
                return redirect("join_sent")
            form.add_error(None, refusal)
            status = HTTPStatus.TOO_MANY_REQUESTS
    context = {"form": form, "class_name": PartnerClass(partner_class).label}
    return render(request, "partners/applications/apply.html", context, status=status)


def keep(request: HttpRequest, form: ApplicationForm, partner_class: str) -> str:
    """Keep an application and ask to confirm it; one that is sent twice is one.

    Return the reason for which it was refused, or "".
    """
    if Application.objects.filter(submission=form.number).exists():
        return ""
    refusal = limits.refusal(request, "application", form.cleaned_data["mailbox"])
    if refusal:
        return refusal
    values = dict(
        partner_class=partner_class,
        language=get_language(),
        submission=form.number,
        consent_text=str(CONSENT),
        consent_version=CONSENT_VERSION,
        **form.answers,
    )
    # The same form may come twice at the same moment.
    with suppress(IntegrityError), transaction.atomic():
        letters.ask_to_confirm(Application.objects.create(**values))
    return ""


@public_form
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/applications/sent.html")


@public_form
@methods
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Show the state of an application to people who have its link.

    A POST confirms it, or answers a question.

    Raises:
        Http404: there is no such application, or it has been erased.
        TooLate: nobody waits for an answer.
    """
    application = links.application_at(token)
    if application is None:
        raise Http404
    is_answer = request.method == "POST" and request.POST.get("action") != "confirm"
    form = None
    if application.state == Application.State.ASKED:
        form = AnswerForm(request.POST if is_answer else None, request=request)
    status = HTTPStatus.OK
    if request.method == "POST" and not is_answer:
        if is_foreign(request):
            status = HTTPStatus.FORBIDDEN
        else:
            flow.confirm(application)
            return HttpResponseRedirect(request.path)
    elif is_answer:
        if form is None:
            raise TooLate(flow.NOT_ASKED)
        if form.is_valid():
            flow.answer(application, form.cleaned_data["text"])
            return HttpResponseRedirect(request.path)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "application": application,
        "messages_sent": application.messages.all(),
        "form": form,
    }
    return render(request, "partners/applications/follow.html", context, status=status)


@public_form
@methods
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Make the account of an invitation, once.

    Its name is the address that the link was mailed to.

    Raises:
        TooLate: the link was used, has ended or was withdrawn.
    """
    invitation = links.invitation_at(token)
    if invitation is None:
        raise used_or_ended()
    form = AccountForm(
        request.POST if request.method == "POST" else None, request=request, email=invitation.email
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            if make_account(invitation, form.cleaned_data):
                return redirect("wagtailadmin_login")
            form.add_error(
                None, _("There is an account with this address already. Ask the ECCA team.")
            )
    context = {"form": form, "invitation": invitation}
    return render(request, "partners/applications/accept.html", context, status=status)


def used_or_ended() -> TooLate:
    reason = _("This link was used or is too old. Ask for a new invitation, or sign in.")
    return TooLate(reason, (reverse("wagtailadmin_login"), _("Sign in")))


@transaction.atomic
def make_account(invitation: Invitation, answers: dict[str, Any]) -> bool:
    """Make the account of an invitation, in the team of its organisation.

    Return whether it was made: not where the address has one.

    Raises:
        TooLate: the link was used meanwhile.
    """
    users = get_user_model().objects
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise used_or_ended()
    email = invitation.email
    if users.filter(Q(username__iexact=email) | Q(email__iexact=email)).exists():
        return False
    try:
        with transaction.atomic():
            user = users.create_user(
                email,
                email,
                answers["password"],
                first_name=answers["first_name"],
                last_name=answers["last_name"],
            )
    except IntegrityError:  # by another invitation of this moment
        return False
    user.groups.add(invitation.team.group)
    UserProfile.objects.update_or_create(
        user=user, defaults={"preferred_language": invitation.language}
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return True
