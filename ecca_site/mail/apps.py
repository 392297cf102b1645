from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "ecca_site.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from . import pictures

        pictures.connect()
