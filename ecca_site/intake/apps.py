from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "ecca_site.intake"
    label = "intake"
    verbose_name = _("Forms of visitors")

    def ready(self) -> None:
        from . import checks  # noqa: F401  registers itself
