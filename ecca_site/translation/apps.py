from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "ecca_site.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self) -> None:
        from ecca_site.core import slots

        from . import signals
        from .staleness import notice, shared
        from .submission import expiry, slugs

        # Locks the pages of translations, which come before what is known of them.
        shared.connect()
        signals.connect()
        notice.connect()
        slugs.connect()
        slots.fill("schedule", "translation/expiry_question.html", expiry.question)
