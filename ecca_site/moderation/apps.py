from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "ecca_site.moderation"
    label = "moderation"
    verbose_name = _("Moderation")

    def ready(self):
        from wagtail.admin.api.views import PagesAdminAPIViewSet

        from . import frozen, mails, permission_log

        # The CMS itself needs none of them, and they know nothing of reviews.
        PagesAdminAPIViewSet.actions = {}
        frozen.connect()
        mails.connect()
        permission_log.connect()
