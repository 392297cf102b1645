"""A code of an authenticator app is taken once: the database says so, not the cache.

Each server process has a cache of its own where there is no Redis, and a Redis that does not answer
would let nobody in.
"""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt
from django.db import transaction

LAST_COUNTER = "last_counter"


@transaction.atomic
def mark_used(totp: auth.TOTP, code: str) -> bool:
    """Remember the time step of a code; return whether it is a later one than ever before."""
    row = Authenticator.objects.select_for_update().get(pk=totp.instance.pk)
    counter = counter_of(decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data.get(LAST_COUNTER, -1):
        return False
    row.data[LAST_COUNTER] = counter
    row.save(update_fields=["data"])
    return True


def counter_of(secret: str, code: str) -> int | None:
    """Return the time step of which a code is, None where it is of none that counts now."""
    for counter in auth.yield_hotp_counters_from_time():
        expected = auth.format_hotp_value(auth.hotp_value(secret, counter))
        if auth.compare_user_code(actual=code, expected=expected):
            return counter
    return None


def install() -> None:
    auth.TOTP._mark_code_used = mark_used
