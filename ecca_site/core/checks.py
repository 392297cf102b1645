"""System checks that keep an unfit site from being deployed."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

DEMO_DOMAIN = "@demo.ecca.example"


@register(Tags.database, deploy=True)
def check_no_demo_accounts(app_configs, databases=None, **kwargs):
    """Production refuses to start with the accounts of the demo, whose passwords everybody knows."""
    if settings.IS_DEMO or not databases:
        return []
    from django.contrib.auth import get_user_model

    if get_user_model()._meta.db_table not in connection.introspection.table_names():
        return []
    if get_user_model().objects.filter(email__endswith=DEMO_DOMAIN).exists():
        return [Error("There are demo accounts in this database.", hint="Delete them first.", id="ecca.E001")]
    return []


def refuse_demo_accounts():
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
