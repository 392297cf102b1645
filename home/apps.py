from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from ecca_site.core import frame

        from . import checks  # noqa: F401  registers itself
        from .frame import site_frame

        frame.provide(site_frame)
