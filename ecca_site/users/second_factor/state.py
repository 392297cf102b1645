"""How far a session is proved: by a password alone, or by a second factor, and how long ago.

allauth keeps in the session by what it was proved; everybody asks here.
"""

import time

from allauth.account.internal.flows.login import (
    clear_authentication_records,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

SECOND_FACTOR = "mfa"  # allauth's name of the method
FRESH_SECONDS = 600
COMPLETE = "sign_in_is_complete"


def has_second_factor(user: AbstractBaseUser) -> bool:
    enabled: bool = is_mfa_enabled(user)
    return enabled


def mark_complete(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Note in a new session whether it is enough: whoever has a second factor must have used it.

    Whatever view signed somebody in, this is asked; see ``is_complete``.
    """
    request.session[COMPLETE] = used_second_factor(request, user) or not has_second_factor(user)


def is_complete(request: HttpRequest) -> bool:
    complete: bool = request.session.get(COMPLETE, False)
    return complete


def used_second_factor(request: HttpRequest, user: AbstractBaseUser) -> bool:
    records = get_authentication_records(request, user)
    return any(record["method"] == SECOND_FACTOR for record in records)


def is_fresh(request: HttpRequest) -> bool:
    """Return whether somebody proved within ten minutes who they are.

    Whoever has a second factor proves it by that, others by their password.
    """
    records = get_authentication_records(request, request.user)
    by_second_factor = [record for record in records if record["method"] == SECOND_FACTOR]
    moments = [record["at"] for record in by_second_factor or records]
    return bool(moments) and time.time() - max(moments) < FRESH_SECONDS


def note_second_factor(request: HttpRequest, user: AbstractBaseUser, **facts: object) -> None:
    """Count a session as proved: somebody has just added a second factor, and thereby used it."""
    record_authentication(request, user, SECOND_FACTOR, **facts)


def forget_second_factor(request: HttpRequest) -> None:
    """Count a session as proved by its password alone: there is no second factor any more."""
    clear_authentication_records(request)
