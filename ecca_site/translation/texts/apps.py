from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TextsConfig(AppConfig):
    name = "ecca_site.translation.texts"
    label = "translation_texts"
    verbose_name = _("Texts of translations")

    def ready(self):
        from ecca_site.translation import slugs

        from . import signals

        signals.connect()
        slugs.connect()
