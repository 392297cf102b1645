"""System checks that keep a site with the demo's accounts from being deployed."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

DEMO_DOMAIN = "@demo.ecca.example"


@register(Tags.database, deploy=True)
def check_no_demo_accounts(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **kwargs: object,
) -> list[Error]:
    """Return an error where the demo has accounts in production: everybody knows their passwords.

    It looks for them where a database is among those to check.
    """
    if settings.IS_DEMO or not databases:
        return []
    user_model = get_user_model()
    if user_model._meta.db_table not in connection.introspection.table_names():
        return []
    if not user_model.objects.filter(email__endswith=DEMO_DOMAIN).exists():
        return []
    message = "There are demo accounts in this database."
    return [Error(message, hint="Delete them first.", id="ecca.E001")]


def refuse_demo_accounts() -> None:
    """Stop the start of a production server on a database with demo accounts.

    Raises:
        ImproperlyConfigured: there are some.
    """
    errors = check_no_demo_accounts(None, databases=["default"])
    # The server forks after this, and no child may inherit a connection.
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
    if errors:
        raise ImproperlyConfigured(str(errors[0]))
