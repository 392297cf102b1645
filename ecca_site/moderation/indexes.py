"""Indexes that tables of Wagtail lack: what somebody did last, what waits, what is a draft.

Each serves lists of the CMS that show a few rows of a table that grows with the site. On SQLite, a
migration of Wagtail's that rebuilds one of these tables must be followed by one that makes them
anew.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INDEXES = {
    # What somebody submitted, and what they wrote, the latest first.
    "moderation_requested": "wagtailcore_workflowstate (requested_by_id, created_at DESC, id DESC)",
    "moderation_written": "wagtailcore_revision (user_id, created_at DESC, id DESC)",
    # Whether somebody ever edited a page.
    "moderation_acted": "wagtailcore_pagelogentry (user_id, action)",
    # What waits for a decision, among all that was ever decided.
    "moderation_waiting": (
        "wagtailcore_taskstate (task_id, workflow_state_id) WHERE status = 'in_progress'"
    ),
    # The same, longest waiting first.
    "moderation_waiting_since": (
        "wagtailcore_workflowstate (created_at, id) WHERE status = 'in_progress'"
    ),
    # Drafts, among all pages.
    "moderation_draft": "wagtailcore_page (latest_revision_id) WHERE has_unpublished_changes",
    # The home pages and sections, of which all else is below.
    "moderation_depth": "wagtailcore_page (depth, path)",
    # The order of the page explorer.
    "moderation_edited": "wagtailcore_page (latest_revision_created_at DESC{nulls_last}, id DESC)",
}


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # SQLite puts nulls last there anyway, and knows no words for it.
    nulls_last = "" if schema_editor.connection.vendor == "sqlite" else " NULLS LAST"
    for name, columns in INDEXES.items():
        schema_editor.execute(f"CREATE INDEX {name} ON {columns.format(nulls_last=nulls_last)}")


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in INDEXES:
        schema_editor.execute(f"DROP INDEX {name}")
