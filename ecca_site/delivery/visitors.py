"""Visitors and people who signed in, told apart without opening a session."""

from django.conf import settings
from django.http import HttpRequest


def is_known(request: HttpRequest) -> bool:
    """Return whether a request comes from somebody with a session."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES
