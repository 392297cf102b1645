"""Give pages the indexes that lists in the order of the tree are read by, such as the API's.

On SQLite, a migration of Wagtail's that rebuilds the table must be followed by one that makes them
anew.
"""

from django.db import migrations

# LOWER(path) sorts as the path does. In the order of the bare path PostgreSQL would rather walk
# through the pages of all kinds, however far away those of one kind begin.
INDEXES = {
    "delivery_kind": "content_type_id, LOWER(path)",
    "delivery_language": "locale_id, LOWER(path)",
    "delivery_kind_of_language": "locale_id, content_type_id, LOWER(path)",
}


def index(name: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE INDEX {name} ON wagtailcore_page ({INDEXES[name]}) WHERE live",
        f"DROP INDEX {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [index(name) for name in INDEXES]
