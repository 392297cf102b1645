from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "ecca_site.demo"
    label = "demo"
    verbose_name = _("Demo")

    def ready(self) -> None:
        if not settings.IS_DEMO:
            raise ImproperlyConfigured("The demo is installed by the demo's settings alone.")
