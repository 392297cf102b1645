from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "ecca_site.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self):
        from . import checks  # noqa: F401  registers itself
        from .page_numbers import PageNumberConverter

        register_converter(PageNumberConverter, "page_number")
        from .files import register_policies
        from .signals import connect

        connect()
        register_policies()
