"""The way from an application to a profile in the moderation queue, to a team of people."""

import datetime
from urllib.parse import urlsplit

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import find_available_slug

from ecca_site.core.publication import lock_children
from ecca_site.i18n.languages import source_language
from ecca_site.intake.decisions import TooLate
from ecca_site.moderation.models import lock_review
from partners.models import (
    Application,
    Invitation,
    Message,
    PartnerIndexPage,
    PartnerPage,
    PartnerTeam,
)

from . import letters, links
from .forms import QUESTIONS

State = Application.State
NOT_ASKED = gettext_lazy("No answer is needed any more: one was given, or it is decided.")
MOST_PEOPLE = 5  # of one organisation: accounts and open invitations


class CannotInvite(Exception):
    """An invitation that is not possible, for a reason in words."""


def locked(application: Application) -> Application:
    """Return an application anew, locked until the transaction ends.

    The review of its draft is locked before, as when that is approved and admits the applicant.
    """
    rows = Application.objects.filter(pk=application.pk)
    lock_review(rows.values_list("profile_id", flat=True).get())
    return rows.select_for_update().get()


@transaction.atomic
def confirm(application: Application) -> None:
    """Make the draft of the profile and submit it; a second click changes nothing."""
    application.refresh_from_db()
    if application.state != State.UNCONFIRMED:
        return
    index = directory_for(application.language)
    if index is not None:
        # The page comes before the application, as in every review.
        lock_children(index)
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.state != State.UNCONFIRMED:
        return
    application.state = State.SUBMITTED
    application.profile = make_profile(application, index)
    application.save()


def directory_for(language: str) -> PartnerIndexPage | None:
    """Return the live directory of a language, or else that of the default language, if any."""
    pages = PartnerIndexPage.objects.filter(live=True, alias_of=None).select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    return by_language.get(language) or by_language.get(source_language())


def make_profile(application: Application, index: PartnerIndexPage | None) -> PartnerPage | None:
    """Make the draft of a profile and submit it for review; None where there is no directory."""
    if index is None:
        return None
    page = PartnerPage(
        title=application.legal_name,
        partner_class=application.partner_class,
        locale=index.locale,
        live=False,
    )
    for name in QUESTIONS[application.partner_class]:
        setattr(page, name, getattr(application, name))
    slug = slugify(application.legal_name)[:200] or f"organisation-{application.pk}"
    page.slug = find_available_slug(index, slug)
    index.add_child(instance=page)
    page.save_revision()
    workflow = page.get_workflow()
    if workflow is not None:
        workflow.start(page, None)
    return page


def similar_to(application: Application) -> list[str]:
    """Return the names of partners and applications of the same name or domain, by two queries.

    Profiles come first; there are at most five of each.
    """
    same = Q(legal_name__iexact=application.legal_name)
    host = domain_of(application.website)
    if host:
        same |= Q(website__icontains=f"/{host}") | Q(website__icontains=f".{host}")
    profiles = PartnerPage.objects.filter(same).exclude(pk=application.profile_id).order_by("pk")
    others = Application.objects.filter(same, erased_at=None).exclude(pk=application.pk)
    return [str(item) for item in (*profiles[:5], *others[:5])]


def domain_of(address: str) -> str:
    """Return the host of an address without "www.", "" where it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@transaction.atomic
def ask(application: Application, user: AbstractUser | None, text: str) -> None:
    """Ask the applicant something, by mail.

    Raises:
        TooLate: it is decided already.
    """
    application = _undecided(application)
    application.state = State.ASKED
    application.save()
    message = Message.objects.create(application=application, text=text, author=user)
    letters.tell_question(application, message)


@transaction.atomic
def answer(application: Application, text: str) -> None:
    """Keep the applicant's answer; a review that was ended with the question begins again.

    Raises:
        TooLate: nobody waits for one.
    """
    application = locked(application)
    if application.state != State.ASKED:
        raise TooLate(NOT_ASKED)
    application.state = State.SUBMITTED
    application.save()
    Message.objects.create(application=application, text=text, is_answer=True)
    page = application.profile
    if page is not None and not page.workflow_in_progress:
        _review_again(page)


def _review_again(page: PartnerPage) -> None:
    state = page.current_workflow_state
    if state:
        state.resume(None)
        return
    workflow = page.get_workflow()
    if workflow is not None:
        workflow.start(page, None)


@transaction.atomic
def decline(application: Application, user: AbstractUser, reason: str) -> None:
    """End an application with a reason that its applicant reads; its draft goes.

    Raises:
        TooLate: it is decided already.
    """
    application = _undecided(application)
    page = application.profile
    application.state = State.DECLINED
    application.answer = reason
    application.profile = None
    application.save()
    letters.tell_decision(application)
    if page is not None and not page.live:
        remove_draft(page, user)


def remove_draft(page: PartnerPage, user: AbstractUser | None = None) -> None:
    """Delete a draft and end its review, in the name of a user where one did it."""
    state = page.current_workflow_state
    if state:
        state.cancel(user=user)
    page.delete()


def _undecided(application: Application) -> Application:
    application = locked(application)
    if application.state not in Application.OPEN:
        raise TooLate(_("Somebody has decided on this application already."))
    return application


@transaction.atomic
def admit(profile: PartnerPage) -> None:
    """Invite the applicant, the first time that the profile goes live."""
    applications = Application.objects.select_for_update()
    application = applications.filter(profile=profile, state__in=Application.OPEN).first()
    if application is None:
        return
    application.state = State.ADMITTED
    application.save()
    letters.tell_decision(application)
    team = PartnerTeam.objects.filter(translation_key=profile.translation_key).first()
    if team is not None:
        invite(team, application.mailbox, application.language)


def open_invitations(team: PartnerTeam) -> QuerySet[Invitation]:
    """Return the invitations into a team that may still be accepted."""
    since = timezone.now() - datetime.timedelta(days=links.INVITATION_DAYS)
    return team.invitations.filter(accepted_at=None, created_at__gt=since)


@transaction.atomic
def invite(team: PartnerTeam, email: str, language: str) -> None:
    """Invite somebody into the team of an organisation, by a mail in a language.

    The same address may be invited again when its account is gone or its link too old.

    Raises:
        CannotInvite: the team has as many people as it may, or the address has an account there or
            a link.
    """
    team = PartnerTeam.objects.select_for_update().get(pk=team.pk)
    invited = open_invitations(team)
    has_account = team.accounts.filter(email__iexact=email).exists()
    if has_account or invited.filter(email=email).exists():
        raise CannotInvite(_("This address is invited already."))
    if team.people.count() + invited.count() >= MOST_PEOPLE:
        raise CannotInvite(_("Your organisation cannot invite more people."))
    team.invitations.filter(email=email).delete()
    letters.invite(Invitation.objects.create(team=team, email=email, language=language))
