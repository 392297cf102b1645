"""The notice to visitors of a translation whose source has changed since it was made."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_save
from django.template import Context
from wagtail.models import Page

from ecca_site.core import slots
from ecca_site.delivery import routing, versions
from ecca_site.delivery.addresses import links_to, live_translations

from ..models import TranslationState


def notice_for(page: Page) -> dict[str, Any] | None:
    """Return state and source (a ``PageLink``) of a stale translation whose source is live.

    None for any other page.
    """
    state = getattr(page, "translation_state", None)
    if state is None or not state.is_stale or page.shown_in:
        return None
    for other in live_translations(page):
        if other.pk == state.source_id:
            return {"state": state, "source": links_to([other])[0]}
    return None


def forget_pages(instance: TranslationState, **kwargs: object) -> None:
    """Show a translation anew that was confirmed, or is stale from now on."""
    show_anew([instance])


def show_anew(states: Iterable[TranslationState]) -> None:
    """Do the same with several, which no signal tells of."""
    versions.bump(state.page.locale.language_code for state in states)


def notice_on(context: Context) -> dict[str, Any] | None:
    """Return the context of the notice's template, None where the shown page needs no notice."""
    page = context.get("page")
    if not page or not page.pk:
        return None
    if getattr(context.get("request"), "is_preview", False):
        return None
    notice = notice_for(page)
    if notice is None:
        return None
    return {"notice": notice}


def connect() -> None:
    slots.fill("above", "translation/stale_notice.html", notice_on)
    routing.joined.append("translation_state")
    post_save.connect(forget_pages, sender=TranslationState)
