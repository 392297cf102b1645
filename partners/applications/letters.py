"""What an applicant is told by mail, in the language of the application."""

from django.utils.translation import gettext as _

from ecca_site.mail.outbox import Letter, post_to

from . import links


def ask_to_confirm(application):
    _post(
        application, "confirm",
        lambda: _("Confirm your application"),
        lambda: _("Your application counts once you confirm it. With the same link you follow it later."),
        lambda: _("Confirm"),
    )  # fmt: skip


def tell_question(application, message):
    _post(
        application, f"question:{message.pk}",
        lambda: _("A question about your application"),
        lambda: _("The moderators have a question. Your answer goes on with the application."),
        lambda: _("Answer"), quote=message.text,
    )  # fmt: skip


def tell_decision(application):
    is_admitted = application.state == application.State.ADMITTED
    _post(
        application, application.state,
        lambda: _("Your application is approved") if is_admitted else _("Your application is declined"),
        lambda: _("Your profile is published. An invitation to set a password comes by a mail of its own.")
        if is_admitted else _("The moderators have declined the application, with this reason:"),
        lambda: _("To the application"), quote=application.answer,
    )  # fmt: skip


def _post(application, event, subject, line, action, quote=""):
    def compose():
        return Letter(
            subject=subject(),
            lines=(line(),),
            facts=((_("Organisation"), application.legal_name),),
            quote=quote,
            action=action(),
            address=links.address_of(application),
        )

    post_to(application.mailbox, f"application:{application.pk}:{event}", application.language, compose)


def invite(invitation):
    def compose():
        return Letter(
            subject=_("Your account at ECCA"),
            lines=(_("With this link you set a password. It works once, within 14 days."),),
            facts=((_("Organisation"), invitation.team.group.name.partition(": ")[2]),),
            action=_("Set a password"),
            address=links.address_of_invitation(invitation),
        )

    key = f"invitation:{invitation.pk}:{int(invitation.created_at.timestamp())}"
    post_to(invitation.email, key, invitation.language, compose)
