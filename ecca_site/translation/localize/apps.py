from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LocalizeConfig(AppConfig):
    name = "ecca_site.translation.localize"
    label = "translation_texts"
    verbose_name = _("Texts of translations")

    def ready(self) -> None:
        from . import closed, empty_blocks, fields, segment_rows, signals, tables

        fields.connect()
        signals.connect()
        closed.connect()
        empty_blocks.connect()
        segment_rows.connect()
        tables.connect()
