"""The mails to an applicant, in the language of the application."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from ecca_site.mail.outbox import Letter, post_to
from partners.models import Application, Invitation, Message, PartnerTeam

from . import links


def ask_to_confirm(application: Application) -> None:
    """Ask an unconfirmed mailbox, without a word that was typed: it may be a stranger's."""

    def compose() -> Letter:
        return Letter(
            subject=_("Confirm your application"),
            lines=(
                _(
                    "Your application counts once you confirm it. With the same link you follow it "
                    "later."
                ),
            ),
            action=_("Confirm"),
            address=links.address_of(application),
        )

    _post(application, "confirm", compose)


def tell_question(application: Application, message: Message) -> None:
    def compose() -> Letter:
        return _letter(
            application,
            subject=_("A question about your application"),
            line=_("The moderators have a question. Your answer goes on with the application."),
            action=_("Answer"),
            quote=message.text,
        )

    _post(application, f"question:{message.pk}", compose)


def tell_decision(application: Application) -> None:
    """Tell the applicant that the application is approved or, with the reason, declined."""

    def compose() -> Letter:
        if application.state == application.State.ADMITTED:
            subject = _("Your application is approved")
            line = _(
                "Your profile is published. An invitation to set a password comes by a mail of its "
                "own."
            )
        else:
            subject = _("Your application is declined")
            line = _("The moderators have declined the application, with this reason:")
        return _letter(
            application,
            subject=subject,
            line=line,
            action=_("To the application"),
            quote=application.answer,
        )

    _post(application, application.state, compose)


def _letter(
    application: Application, *, subject: str, line: str, action: str, quote: str = ""
) -> Letter:
    return Letter(
        subject=subject,
        lines=(line,),
        facts=((_("Organisation"), application.legal_name),),
        quote=quote,
        action=action,
        address=links.address_of(application),
    )


def _post(application: Application, event: str, compose: Callable[[], Letter]) -> None:
    key = f"application:{application.pk}:{event}"
    post_to(application.mailbox, key, application.language, compose)


def invite(invitation: Invitation) -> None:
    """Write to a person who is invited into the team of an organisation."""
    team = PartnerTeam.objects.named(invitation.language).get(pk=invitation.team_id)

    def compose() -> Letter:
        return Letter(
            subject=_("Your account at ECCA"),
            lines=(_("With this link you set a password. It works once, within 14 days."),),
            facts=((_("Organisation"), team.organisation),),
            action=_("Set a password"),
            address=links.address_of_invitation(invitation),
        )

    key = f"invitation:{invitation.pk}:{int(invitation.created_at.timestamp())}"
    post_to(invitation.email, key, invitation.language, compose)
