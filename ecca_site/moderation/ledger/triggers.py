"""The database refuses what the models of the ledger refuse: no row is changed or deleted.

An administrator of the database can drop a trigger; ``manage.py verify_ledger`` tells of what was
done then.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The columns of each table, which SQLite compares one by one.
TABLES = {
    "moderation_ledgerentry": (
        "id",
        "act",
        "kind",
        "key",
        "language",
        "revision_number",
        "seal_digest",
        "signatory_key",
        "approved_at",
        "rule",
        "happened_at",
    ),
    "moderation_ledgerlink": ("number", "entry_id", "hash_before", "hash"),
}
MESSAGE = "The publication ledger is written once."


def statements(vendor: str) -> list[str]:
    """Return what makes the triggers, for PostgreSQL or SQLite.

    Writing a row once more as it is changes nothing: so do tests that bring back what they began
    with.
    """
    if vendor == "postgresql":
        return postgresql()
    return sqlite()


def postgresql() -> list[str]:
    function = (
        f"CREATE OR REPLACE FUNCTION moderation_ledger_refuse() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{MESSAGE}'; END; $$ LANGUAGE plpgsql"
    )
    made = [function]
    for table in TABLES:
        refuse = "EXECUTE FUNCTION moderation_ledger_refuse()"
        made += [
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
            (
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW "
                f"WHEN (OLD.* IS DISTINCT FROM NEW.*) {refuse}"
            ),
        ]
    return made


def sqlite() -> list[str]:
    made = []
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for table, columns in TABLES.items():
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        made += [
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {changed} {refuse}",
        ]
    return made


def removals(vendor: str) -> list[str]:
    """Return what takes the triggers away again."""
    if vendor == "postgresql":
        return ["DROP FUNCTION moderation_ledger_refuse() CASCADE"]
    made = []
    for table in TABLES:
        for action in ("update", "delete"):
            made.append(f"DROP TRIGGER IF EXISTS {table}_no_{action}")
    return made


def make(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def remove(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in removals(schema_editor.connection.vendor):
        schema_editor.execute(statement)
