from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "ecca_site.translation"
    label = "translation"
    verbose_name = _("Translation")

    def ready(self):
        from . import cascade, closed, empty_blocks, notice, segment_rows, shared, signals

        signals.connect()
        closed.connect()
        notice.connect()
        empty_blocks.connect()
        segment_rows.connect()
        shared.connect()
        cascade.connect()
