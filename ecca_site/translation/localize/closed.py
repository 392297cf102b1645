"""Ways of wagtail-localize and Wagtail by which text would go live unreviewed, closed here.

The addresses of wagtail-localize are closed in ``access.areas``.
"""

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from wagtail.models import Page
from wagtail_localize.locales.components import get_locale_components
from wagtail_localize.models import LocaleSynchronization, Translation


def is_guided(page: Page) -> bool:
    """Return whether a page is translated by segments, and so goes live by its review alone."""
    translations = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    return translations.filter(target_locale_id=page.locale_id).exists()


def refuse_synchronisation(**kwargs: object) -> NoReturn:
    """Refuse to synchronise a language, which would make live aliases of everything.

    A language is added by a job of this site, as drafts (``translation.languages.setup``).
    """
    raise PermissionDenied(
        "Languages are not synchronised: pages of one language would be live in another."
    )


def connect() -> None:
    pre_save.connect(
        refuse_synchronisation, sender=LocaleSynchronization, dispatch_uid="translation_closed"
    )
    components = get_locale_components()
    components[:] = [
        component for component in components if component["model"] is not LocaleSynchronization
    ]
