from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "ecca_site.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from . import choosers, known_keys, published, spreadsheets

        choosers.connect()
        known_keys.connect()
        published.connect()
        spreadsheets.connect()
