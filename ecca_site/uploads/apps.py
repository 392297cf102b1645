from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UploadsConfig(AppConfig):
    name = "ecca_site.uploads"
    label = "uploads"
    verbose_name = _("Files")

    def ready(self) -> None:
        from .signals import connect

        connect()
