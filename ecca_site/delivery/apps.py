from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "ecca_site.delivery"
    label = "delivery"
    verbose_name = _("Pages for visitors")

    def ready(self) -> None:
        from .page_numbers import PageNumberConverter
        from .signals import connect

        register_converter(PageNumberConverter, "page_number")
        connect()
