"""Mails about an account: what protects it has changed, and it may not have been its owner."""

import uuid

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.dispatch import receiver
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ecca_site.mail.outbox import Letter, language_of, post_to
from ecca_site.users.models import User
from ecca_site.users.second_factor import signals

WORDS = {
    signals.TURNED_ON: (
        gettext_lazy("Your account has a new second factor"),
        gettext_lazy(
            "A passkey or an authenticator app was added to your account. Beside your password we "
            "ask for it from now on, and your other sessions have ended."
        ),
    ),
    signals.TURNED_OFF: (
        gettext_lazy("A second factor was removed from your account"),
        gettext_lazy("A passkey or an authenticator app was removed from your account."),
    ),
    signals.NEW_CODES: (
        gettext_lazy("Your account has new recovery codes"),
        gettext_lazy("New recovery codes were made; the old ones get nobody in any more."),
    ),
    signals.RESET: (
        gettext_lazy("Your second factor was reset"),
        gettext_lazy(
            "An administrator took your second factor away, and your sessions have ended. Sign in "
            "by your password, and set up a new one."
        ),
    ),
}
NEW_ADDRESS = (
    gettext_lazy("Your account has a new e-mail address"),
    gettext_lazy("From now on the mails of your account go to the new address."),
)


@receiver(signals.changed, sender=Authenticator)
def tell_owner(user: User, change: str, **kwargs: object) -> None:
    """Write to whose account it is, at once: this waits for no digest."""
    subject, what = WORDS[change]
    write(user, user.email, f"account:{change}", subject, what)


def tell_old_address(user: User, old_address: str) -> None:
    """Write to the address that an account had: a stranger may have given it another one."""
    write(user, old_address, "account:address", *NEW_ADDRESS)


def send_link(user: User, address: str, link: str) -> None:
    """Mail to a new address the link that confirms it."""

    def compose() -> Letter:
        return Letter(
            subject=_("Confirm your new e-mail address"),
            lines=(
                _(
                    "Somebody wants the mails of an account at this site to go to this address. If "
                    "it is you, open the link within a day; until then nothing changes."
                ),
                _("If it is not you, do nothing."),
            ),
            action=_("Confirm the address"),
            address=link,
        )

    post_to(address, f"account:confirm:{uuid.uuid4()}", language_of(user), compose)


def write(user: User, address: str, key: str, subject: Promise, what: Promise) -> None:
    def compose() -> Letter:
        return Letter(
            subject=str(subject),
            lines=(
                str(what),
                _("If this was not on your word, set a new password and tell an administrator."),
            ),
            action=_("Your account"),
            address=settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_account"),
        )

    post_to(address, f"{key}:{uuid.uuid4()}", language_of(user), compose, user=user)
