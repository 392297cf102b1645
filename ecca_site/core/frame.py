"""The frame of every page of a language: asked here, answered by the room that keeps it."""

from collections.abc import Callable
from typing import Any

Frame = dict[str, Any]  # plain data: the home page's texts, the menu and the footer's links

NOTHING: Frame = {"home": None, "menu": [], "footer_links": []}

_provider: Callable[[str | None], Frame] | None = None


def provide(provider: Callable[[str | None], Frame]) -> None:
    """Name the function that returns the frame of a language, of the active one by default."""
    global _provider
    _provider = provider


def site_frame(language_code: str | None = None) -> Frame:
    """Return menu, footer and EU funding texts of a language, of the active one by default."""
    if _provider is None:
        return NOTHING
    return _provider(language_code)
