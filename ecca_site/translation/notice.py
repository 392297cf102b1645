"""What visitors of a translation read when its source has changed since it was made."""

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save

from ecca_site.core import routing, versions
from ecca_site.core.addresses import links_to, live_translations

from .models import TranslationState


def notice_for(page):
    """Return state and source (a ``PageLink``) of a stale translation whose source is live, None for any other page."""
    state = getattr(page, "translation_state", None)
    if state is None or not state.is_stale or page.shown_in:
        return None
    source = [other for other in live_translations(page) if other.locale.language_code == settings.LANGUAGE_CODE]
    return {"state": state, "source": links_to(source)[0]} if source else None


def forget_pages(instance, **kwargs):
    """A translation that was confirmed, or is stale from now on, is shown anew."""
    code = instance.page.locale.language_code
    transaction.on_commit(lambda: versions.bump([code]))


def connect():
    routing.joined.append("translation_state")
    post_save.connect(forget_pages, sender=TranslationState, dispatch_uid="translation_notice")
