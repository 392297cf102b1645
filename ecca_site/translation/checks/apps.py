from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChecksConfig(AppConfig):
    name = "ecca_site.translation.checks"
    label = "translation_checks"
    verbose_name = _("Checks of translated texts")
