"""A language that is live without its EU funding texts breaks the grant agreement: it must not be deployed."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connection


@register(Tags.database, deploy=True)
def check_funding_texts(app_configs, databases=None, **kwargs):
    """Every live language needs a published funding statement, and a disclaimer that is agreed and not a sample."""
    from .models import HomePage

    if settings.IS_DEMO or not databases or HomePage._meta.db_table not in connection.introspection.table_names():
        return []
    errors = []
    for home in HomePage.objects.live().select_related("locale"):
        lacks = [
            name
            for name, is_missing in (
                ("funding statement", not home.funding_statement),
                ("disclaimer", not home.funding_disclaimer),
                ("agreed wording of the disclaimer", home.is_disclaimer_sample),
            )
            if is_missing
        ]
        if lacks:
            errors.append(
                Error(
                    f"The live language {home.locale.language_code!r} lacks its {' and '.join(lacks)}.",
                    hint="Publish it on the language's home page, under “On every page”.",
                    id="ecca.E002",
                )
            )
    return errors
