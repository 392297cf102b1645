"""The public side of joining: the form, the page behind the secret link, and the first password."""

from contextlib import suppress
from http import HTTPStatus

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.users.models import UserProfile

from ecca_site.core.submissions import is_allowed, is_foreign, network_of, public_form
from partners.models import Application, Invitation, PartnerClass

from . import flow, letters, links
from .forms import CONSENT, CONSENT_VERSION, AccountForm, AnswerForm, ApplicationForm

HOUR, DAY = 3600, 24 * 3600
MOST_OF_A_NETWORK = 20  # applications an hour
MOST_OF_AN_ADDRESS = 5  # applications a day

methods = require_http_methods(["GET", "HEAD", "POST"])


@public_form
@require_safe
def choose(request):
    return render(request, "partners/applications/choose.html", {"classes": PartnerClass.choices})


@public_form
@methods
def apply(request, partner_class):
    if partner_class not in PartnerClass.values:
        raise Http404
    form = ApplicationForm(
        request.POST if request.method == "POST" else None, request=request, partner_class=partner_class
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            if keep(request, form, partner_class):
                return redirect("join_sent")
            form.add_error(None, _("Too many applications came from your network or with this address. Try later."))
            status = HTTPStatus.TOO_MANY_REQUESTS
    context = {"form": form, "class_name": PartnerClass(partner_class).label}
    return render(request, "partners/applications/apply.html", context, status=status)


def keep(request, form, partner_class):
    """Keep an application and ask to confirm it; one that is sent twice is one. Return whether that was allowed."""
    if Application.objects.filter(submission=form.number).exists():
        return True
    if not (
        is_allowed("application", network_of(request), MOST_OF_A_NETWORK, HOUR)
        and is_allowed("application", form.cleaned_data["mailbox"], MOST_OF_AN_ADDRESS, DAY)
    ):
        return False
    values = dict(
        partner_class=partner_class,
        language=get_language(),
        submission=form.number,
        consent_text=str(CONSENT),
        consent_version=CONSENT_VERSION,
        **form.answers,
    )
    with suppress(IntegrityError), transaction.atomic():  # the same form may come twice at the same moment
        letters.ask_to_confirm(Application.objects.create(**values))
    return True


@public_form
@require_safe
def sent(request):
    return render(request, "partners/applications/sent.html")


@public_form
@methods
def follow(request, token):
    """Show how an application stands to whoever has its link; take the confirmation, or an answer."""
    application = links.application_at(token)
    if application is None:
        raise Http404
    is_asked = application.state == Application.State.ASKED
    is_answer = request.method == "POST" and request.POST.get("action") != "confirm"
    form = AnswerForm(request.POST if is_answer else None, request=request) if is_asked else None
    status = HTTPStatus.OK
    if request.method == "POST" and not is_answer:
        if is_foreign(request):
            status = HTTPStatus.FORBIDDEN
        else:
            flow.confirm(application)
            return HttpResponseRedirect(request.path)
    elif is_answer and not is_asked:
        status = HTTPStatus.CONFLICT
    elif is_answer:
        if form.is_valid():
            flow.answer(application, form.cleaned_data["text"])
            return HttpResponseRedirect(request.path)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"application": application, "messages_sent": application.messages.all(), "form": form}
    return render(request, "partners/applications/follow.html", context, status=status)


@public_form
@methods
def accept(request, token):
    """Make the account of an invitation, once; its name is the address that the link was mailed to."""
    invitation = links.invitation_at(token)
    if invitation is None:
        return render(request, "partners/applications/invitation_over.html", status=HTTPStatus.GONE)
    form = AccountForm(request.POST if request.method == "POST" else None, request=request, email=invitation.email)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            if make_account(invitation, form.cleaned_data):
                return redirect("wagtailadmin_login")
            form.add_error(None, _("There is an account with this address already. Ask the ECCA team."))
    context = {"form": form, "invitation": invitation}
    return render(request, "partners/applications/accept.html", context, status=status)


@transaction.atomic
def make_account(invitation, answers):
    """Return whether the account was made: not where the address has one, or the link was used meanwhile."""
    users = get_user_model().objects
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    email = invitation.email
    if invitation.accepted_at or users.filter(Q(username__iexact=email) | Q(email__iexact=email)).exists():
        return False
    user = users.create_user(
        email, email, answers["password"], first_name=answers["first_name"], last_name=answers["last_name"]
    )
    user.groups.add(invitation.team.group)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": invitation.language})
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return True
