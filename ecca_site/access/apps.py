from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "ecca_site.access"
    label = "access"
    verbose_name = _("Roles")

    def ready(self) -> None:
        from ecca_site.delivery.files import also_read_by
        from ecca_site.moderation.models import language_groups

        # checks and letters register themselves
        from . import checks, gate, letters, roles, signals, tree  # noqa: F401
        from .groups import languages_of
        from .models import RoleGroup

        language_groups.register(
            translators=lambda: RoleGroup.objects.of_role(roles.TRANSLATOR),
            reviewers=lambda: RoleGroup.objects.of_role(roles.REVIEWER),
            languages_of=languages_of,
        )
        also_read_by(gate.is_of_member)
        signals.connect()
        tree.register()
