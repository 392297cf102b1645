"""What a session knows of itself, and how it ends."""

import time

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from .devices import device_of
from .models import SignIn, User
from .session_store import DEVICE, LAST_USED_AT, STARTED_AT

USE_IS_NOTED_EVERY = 600  # seconds: each note writes the session's row


def note_start(session: SessionBase, request: HttpRequest) -> None:
    session[DEVICE] = device_of(request.headers.get("User-Agent", ""))
    session[STARTED_AT] = session[LAST_USED_AT] = time.time()


def note_use(session: SessionBase) -> None:
    """Write down that a session is used, from time to time."""
    if time.time() - session.get(LAST_USED_AT, 0) > USE_IS_NOTED_EVERY:
        session[LAST_USED_AT] = time.time()


def public_name(session_key: str) -> str:
    """Return what a page may call a session: its key would let anybody take it over."""
    return salted_hmac("ecca.session", session_key).hexdigest()[:24]


def end_sessions(user: User, but: str | None = None) -> int:
    """End the sessions of a user, but for the one of a key; return how many ended."""
    ended, _ = SignIn.objects.filter(user=user).exclude(session_key=but or "").delete()
    return ended
