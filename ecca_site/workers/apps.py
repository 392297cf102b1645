from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkersConfig(AppConfig):
    name = "ecca_site.workers"
    label = "workers"
    verbose_name = _("Workers")

    def ready(self) -> None:
        from . import leases

        leases.connect()
