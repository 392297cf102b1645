from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsersConfig(AppConfig):
    name = "ecca_site.users"
    label = "users"
    verbose_name = _("Users")

    def ready(self) -> None:
        from .second_factor import signals, used_codes  # noqa: F401  signals connect themselves

        used_codes.install()
