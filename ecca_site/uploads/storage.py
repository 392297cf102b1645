"""Where uploads lie, and their addresses.

All files lie in a private store. The site itself answers at their addresses: it knows what is
published, and who may see a draft (see ``published`` and ``delivery.files``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

PASS = "guest"  # noqa: S105  the parameter of an address, not the secret in it
_token: ContextVar[str] = ContextVar("token", default="")


@contextmanager
def passes(token: str) -> Iterator[None]:
    """Add a token to the addresses of files that are made meanwhile.

    A guest has no session: the addresses on the page that a guest reads are all that the guest's
    browser brings.
    """
    before = _token.set(token)
    try:
        yield
    finally:
        _token.reset(before)


def with_pass(address: str) -> str:
    token = _token.get()
    return f"{address}?{PASS}={token}" if token else address


class PrivateFiles(FileSystemStorage):
    def url(self, name: str | None) -> str:
        return with_pass(super().url(name))


class PublishedFiles(FileSystemStorage):
    """The public mirror, on the same disk as the private store."""

    def __init__(self, location: Path | str = settings.VAR_DIR / "published") -> None:
        super().__init__(location=location, allow_overwrite=True)
