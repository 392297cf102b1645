from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self):
        from . import checks, signals, tree  # noqa: F401  checks register themselves

        signals.connect()
        tree.register()
