"""A check of the EU funding texts, without which a live language breaks the grant agreement."""

from collections.abc import Sequence

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connection

from .models import HomePage


@register(Tags.database, deploy=True)
def check_funding_texts(
    app_configs: object, databases: Sequence[str] | None = None, **kwargs: object
) -> list[Error]:
    """Refuse a live language without a funding statement, or without an agreed disclaimer."""
    if settings.IS_DEMO or not databases:
        return []
    if HomePage._meta.db_table not in connection.introspection.table_names():
        return []
    errors = []
    for home in HomePage.objects.live().select_related("locale"):
        missing = missing_texts(home)
        if missing:
            language = home.locale.language_code
            errors.append(
                Error(
                    f"The live language {language!r} lacks its {' and '.join(missing)}.",
                    hint="Publish it on the language's home page, under “On every page”.",
                    id="ecca.E002",
                )
            )
    return errors


def missing_texts(home: HomePage) -> list[str]:
    """Return the names of the funding texts that a home page lacks."""
    names = []
    if not home.funding_statement:
        names.append("funding statement")
    if not home.funding_disclaimer:
        names.append("disclaimer")
    if home.is_disclaimer_sample:
        names.append("agreed wording of the disclaimer")
    return names
