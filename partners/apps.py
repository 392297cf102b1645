from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        from ecca_site.core import slots

        from . import signals
        from .applications import signals as applications
        from .lists import first_partners

        slots.fill("partner_list", "partners/blocks/partner_list.html", first_partners)
        signals.connect()
        applications.connect()
