"""The refusal of what can no longer be done, one for visitors' links and for the CMS.

``delivery.middleware.RefusalMiddleware`` answers it everywhere with the same page, which shows what
was typed: 409 to whoever sends something, 410 to whoever opens an address that has ended.
"""

from django.utils.functional import Promise


class TooLate(Exception):
    """Something that somebody else has decided by now, or whose time is over.

    ``reason`` says it in words; ``way_on`` is the address and the name of where to go instead of
    looking at the same address again.
    """

    def __init__(self, reason: str | Promise, way_on: tuple[str, str] | None = None) -> None:
        super().__init__(reason)
        self.way_on = way_on
