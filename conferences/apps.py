from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    name = "conferences"
    verbose_name = _("Conferences")

    def ready(self) -> None:
        from ecca_site.core import slots

        from . import signals
        from .lists import conferences_of_partner

        slots.fill("profile", "conferences/of_partner.html", conferences_of_partner)
        signals.connect()
