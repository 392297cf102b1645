"""Another e-mail address of one's own account: it counts once a link was opened that it got."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, dumps, loads
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ecca_site.intake.decisions import TooLate
from ecca_site.users.models import User

from ..letters import send_link, tell_old_address

SALT = "account-address"
DAY = 24 * 3600  # seconds
TAKEN = gettext_lazy("There is an account with this address already. Ask the ECCA team.")


@dataclass(frozen=True)
class Change:
    """A change of address that waits for its link to be opened."""

    user_id: int
    old: str
    new: str


def ask(user: User, new: str) -> None:
    """Mail a link to the new address of a user, who keeps the present one until then."""
    token = dumps([user.pk, user.email, new], salt=SALT)
    path = reverse("account_address", args=[token])
    send_link(user, new, settings.WAGTAILADMIN_BASE_URL + path)


def change_of(token: str) -> Change:
    """Return the change that a link is for.

    Raises:
        TooLate: the link is older than a day, or none of ours.
    """
    try:
        return Change(*loads(token, salt=SALT, max_age=DAY))
    except BadSignature as error:
        text = _("This link has run out, or a part of it is missing. Change your address again.")
        raise TooLate(text, _account()) from error


def is_taken(address: str, user: User) -> bool:
    """Return whether somebody else has an address, however it is written."""
    return User.objects.exclude(pk=user.pk).filter(email__iexact=address).exists()


def confirm_view(request: HttpRequest, token: str) -> HttpResponse:
    """Show who gets which address, then change it; whoever comes again reads that it is done."""
    change = change_of(token)
    if change.user_id != request.user.pk:
        messages.error(
            request, _("This link is for another account: sign in with that one and open it again.")
        )
        return redirect("wagtailadmin_home")
    if request.method != "POST" and request.user.email != change.new:
        check(change, request.user)
        return render(request, "access/confirm_address.html", {"change": change})
    if request.user.email != change.new:
        apply(change, request.user)
    text = _("The mails of your account go to %(address)s.")
    messages.success(request, text % {"address": change.new})
    return redirect("wagtailadmin_account")


@transaction.atomic
def apply(change: Change, user: User) -> None:
    """Give a user the new address, and tell the old one.

    Raises:
        TooLate: as ``check`` says; of two at once the second finds another address.
    """
    check(change, user)
    rows = User.objects.filter(pk=user.pk, email=change.old)
    if not rows.update(email=change.new):
        raise _changed_meanwhile()
    if change.old:
        tell_old_address(user, change.old)


def check(change: Change, user: User) -> None:
    """Refuse what something else came before of.

    Raises:
        TooLate: the user has yet another address by now, or somebody else has the new one.
    """
    if user.email != change.old:
        raise _changed_meanwhile()
    if is_taken(change.new, user):
        raise TooLate(TAKEN, _account())


def _changed_meanwhile() -> TooLate:
    return TooLate(_("Your e-mail address was changed meanwhile."), _account())


def _account() -> tuple[str, str]:
    return reverse("wagtailadmin_account"), _("Your account")
