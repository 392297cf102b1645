"""What happens around a second factor: wrong codes count, sessions end, higher rooms are told."""

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import transaction
from django.dispatch import Signal, receiver
from django.http import HttpRequest

from ..models import User
from ..sessions import end_sessions, note_start
from .state import forget_second_factor, has_second_factor, mark_complete, note_second_factor

# Sent with ``user`` and ``change``, one of the words below.
changed = Signal()
TURNED_ON = "on"
TURNED_OFF = "off"
NEW_CODES = "codes"
RESET = "reset"


@receiver(user_logged_in, sender=User)
def begin_session(request: HttpRequest, user: AbstractBaseUser, **kwargs: object) -> None:
    note_start(request.session, request)
    mark_complete(request, user)


@receiver(signals.authentication_failed, sender=Authenticator)
def count_wrong_code(request: HttpRequest, user: AbstractBaseUser, **kwargs: object) -> None:
    """Count a wrong code as a wrong password, by the limits of django-axes."""
    credentials = {"username": user.get_username()}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)


@receiver(signals.authenticator_added, sender=Authenticator)
def welcome(
    request: HttpRequest, user: AbstractBaseUser, authenticator: Authenticator, **kwargs: object
) -> None:
    """Count the session as proved by what was just added, and end the user's other ones."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    note_second_factor(request, user, type=authenticator.type, id=authenticator.pk)
    end_sessions(user, but=request.session.session_key)
    changed.send(sender=Authenticator, user=user, change=TURNED_ON)


@receiver(signals.authenticator_removed, sender=Authenticator)
def take_leave(
    request: HttpRequest, user: AbstractBaseUser, authenticator: Authenticator, **kwargs: object
) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    if not has_second_factor(user):
        forget_second_factor(request)
    changed.send(sender=Authenticator, user=user, change=TURNED_OFF)


@receiver(signals.authenticator_reset, sender=Authenticator)
def tell_of_codes(user: AbstractBaseUser, **kwargs: object) -> None:
    changed.send(sender=Authenticator, user=user, change=NEW_CODES)


@transaction.atomic
def reset(user: AbstractBaseUser) -> bool:
    """Take a user's second factors and sessions away; return whether there were any factors."""
    deleted, _ = Authenticator.objects.filter(user=user).delete()
    if not deleted:
        return False
    end_sessions(user)
    changed.send(sender=Authenticator, user=user, change=RESET)
    return True
