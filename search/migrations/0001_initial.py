"""The entries, their full-text index, and the index that Wagtail's own search on PostgreSQL lacks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


POSTGRESQL = [
    (
        """
        ALTER TABLE search_entry ADD COLUMN terms tsvector GENERATED ALWAYS AS (
            setweight(to_tsvector('simple', title_terms), 'A') || setweight(to_tsvector('simple', body_terms), 'D')
        ) STORED
        """,
        "ALTER TABLE search_entry DROP COLUMN terms",
    ),
    # Without fastupdate no search has to look through a list of entries that wait to be sorted in.
    (
        "CREATE INDEX search_entry_terms ON search_entry USING gin (terms) WITH (fastupdate = off)",
        "DROP INDEX search_entry_terms",
    ),
    # Wagtail asks for "title || body", which none of its own indexes covers.
    (
        "CREATE INDEX search_wagtail_title_body ON wagtailsearch_indexentry USING gin ((title || body))"
        " WITH (fastupdate = off)",
        "DROP INDEX search_wagtail_title_body",
    ),
]

NEW = "INSERT INTO search_entry_fts(rowid, title_terms, body_terms) VALUES (new.page_id, new.title_terms, new.body_terms);"
OLD = """
    INSERT INTO search_entry_fts(search_entry_fts, rowid, title_terms, body_terms)
    VALUES ('delete', old.page_id, old.title_terms, old.body_terms);
"""
SQLITE = [
    (
        """
        CREATE VIRTUAL TABLE search_entry_fts USING fts5(
            title_terms, body_terms, content='search_entry', content_rowid='page_id'
        )
        """,
        "DROP TABLE search_entry_fts",
    ),
    *(
        (
            f"CREATE TRIGGER search_entry_{event} AFTER {event} ON search_entry BEGIN {statements} END",
            f"DROP TRIGGER search_entry_{event}",
        )
        for event, statements in (("insert", NEW), ("update", OLD + NEW), ("delete", OLD))
    ),
]

STATEMENTS = {"postgresql": POSTGRESQL, "sqlite": SQLITE}


def forwards(apps, schema_editor):
    for statement, _reverse in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for _statement, reverse in reversed(STATEMENTS[schema_editor.connection.vendor]):
        schema_editor.execute(reverse)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0098_apitoken"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("title_terms", models.TextField()),
                ("body_terms", models.TextField()),
                ("text", models.TextField()),
                ("date", models.DateField(null=True)),
            ],
        ),
        migrations.RunPython(forwards, backwards),
    ]
