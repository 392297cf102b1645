from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "ecca_site.moderation"
    label = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from wagtail.admin.api.views import PagesAdminAPIViewSet

        from . import decision_mails, ending, file_readers, frozen, mails, permission_log
        from .ledger import record
        from .sealing import signals as sealing
        from .sealing import uses

        # The CMS itself needs none of them, and they know nothing of reviews.
        PagesAdminAPIViewSet.actions = {}
        ending.connect()
        file_readers.connect()
        frozen.connect()
        sealing.connect()
        uses.connect()
        record.connect()
        mails.connect()
        decision_mails.connect()
        permission_log.connect()
