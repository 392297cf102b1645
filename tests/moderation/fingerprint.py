"""What a request changed in the database, told apart by what it means.

Live pages, drafts, tree, reviews and so on.
"""

import re
from contextlib import contextmanager

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page, get_page_models

WRITE = re.compile(
    r'^\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE
)

# What may be written although nothing that matters was changed: who looked at what, logs, indexes,
# queued tasks.
INCIDENTAL = {
    "django_session", "django_content_type", "wagtailusers_userprofile",
    "wagtailadmin_editingsession",
    "wagtailadmin_formstate", "wagtailcore_pagesubscription", "wagtailcore_uploadedfile",
    "wagtailcore_pagelogentry",
    "wagtailcore_modellogentry", "wagtailcore_referenceindex", "uploads_rendition",
    "uploads_publisheduse", "search_entry",
    "search_entry_fts",
    "wagtailsearch_indexentry", "wagtailsearch_indexentry_fts",
    "django_tasks_database_dbtaskresult", "mail_mail",
    "wagtail_localize_translationlog", "delivery_change", "users_signin",
}  # fmt: skip

# The columns of a page that say nothing of what visitors read while it is live.
BOOKKEEPING = {
    "draft_title", "has_unpublished_changes", "latest_revision_id", "latest_revision_created_at",
    "live_revision_id",
    "last_published_at", "first_published_at", "locked", "locked_at", "locked_by_id", "path",
    "depth", "numchild",
    "owner_id", "translation_key", "locale_id", "content_type_id", "alias_of_id", "page_ptr_id",
    "expired", "live",
}  # fmt: skip

PAGE_MODELS = {model._meta.db_table: model for model in get_page_models() if model is not Page}
PAGE_TABLE = "wagtailcore_page"
# What people made, by what it is about: a row that comes, goes or differs is a change of that kind.
KINDS = {
    "reviews": ("wagtailcore.WorkflowState", "wagtailcore.TaskState", "moderation.PageRequest",
        "moderation.Claim"),
    "guests": ("moderation.GuestLink",),
    "workflows": (
        "wagtailcore.Workflow", "wagtailcore.WorkflowPage", "wagtailcore.Task",
        "wagtailcore.WorkflowTask", "wagtailcore.WorkflowContentType",
        "moderation.ReviewTask", "moderation.ReviewTask_groups", "access.ReviewWorkflow",
        "access.ReviewWorkflow_role_groups", "access.SectionWorkflow",
    ),
    "permissions": (
        "wagtailcore.GroupPagePermission", "wagtailcore.GroupCollectionPermission",
        "wagtailcore.PageViewRestriction",
        "wagtailcore.CollectionViewRestriction", "partners.PartnerTeam", "auth.Group",
        "users.User_groups",
        "access.RoleGroup", "access.Grant", "users.User_user_permissions", "auth.Group_permissions",
    ),
    "strings": (
        "wagtail_localize.Translation", "wagtail_localize.TranslationSource",
        "wagtail_localize.StringTranslation",
        "wagtail_localize.SegmentOverride", "wagtail_localize.StringSegment",
        "wagtail_localize.TranslatableObject",
        "wagtail_localize.TranslationContext", "wagtail_localize.OverridableSegment",
        "wagtail_localize.String",
        "wagtail_localize.TemplateSegment", "wagtail_localize.RelatedObjectSegment",
        "wagtail_localize.Template",
        "translation.TextAuthor",
    ),
    # What translations lack and which go together: it follows from pages, versions and reviews.
    "translations": (
        "translation.Release", "translation.ReleaseLanguage", "translation.Submission",
        "translation.SourceChange",
        "translation.TranslationState", "translation.ChangeNote",
    ),
    "files": ("uploads.CustomImage", "uploads.CustomDocument", "wagtailcore.Collection"),
    "speakers": ("conferences.Speaker",),
    "people": ("users.User",),
    "applications": (
        "partners.Application", "partners.Message", "partners.Invitation",
        "partners.ConfirmationRequest",
    ),
    "languages": ("wagtailcore.Locale", "wagtailcore.Site"),
}  # fmt: skip
# What a draft leaves on a live snippet, what a file knows of itself, when somebody signed in.
LEFT_OUT = {
    "has_unpublished_changes", "latest_revision_id", "live_revision_id", "last_published_at",
    "first_published_at",
    "made", "file_hash", "file_size", "last_login", "last_updated_at",
}  # fmt: skip
KIND_OF_TABLE = {
    apps.get_model(label)._meta.db_table: (kind, label)
    for kind, labels in KINDS.items()
    for label in labels
}


def _rows(model, without=frozenset()):
    columns = [
        field.column for field in model._meta.local_concrete_fields if field.attname not in without
    ]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {names} FROM "{model._meta.db_table}"')
        return columns, cursor.fetchall()


class Fingerprint:
    """The state of the database before a request, and what of it a request has changed."""

    def __init__(self):
        self.tables = {table: self.read(table) for table in self.known()}
        self.live = self.live_pages(self.tables)

    @staticmethod
    def known():
        return [PAGE_TABLE, "wagtailcore_revision", *PAGE_MODELS, *KIND_OF_TABLE]

    @staticmethod
    def read(table):
        """Return the rows of a table, those of pages and revisions by their primary key."""
        if table == PAGE_TABLE:
            columns, rows = _rows(Page)
            return {row[columns.index("id")]: dict(zip(columns, row, strict=True)) for row in rows}
        if table == "wagtailcore_revision":
            columns, rows = _rows(apps.get_model("wagtailcore.Revision"), {"content"})
            return {row[columns.index("id")]: dict(zip(columns, row, strict=True)) for row in rows}
        if table in PAGE_MODELS:
            columns, rows = _rows(PAGE_MODELS[table])
            return {row[columns.index("page_ptr_id")]: row for row in rows}
        return sorted(map(repr, _rows(apps.get_model(KIND_OF_TABLE[table][1]), LEFT_OUT)[1]))

    @staticmethod
    def live_pages(tables):
        """Return what visitors read of every live page: ``{primary key: values}``."""
        own = {pk: values for table in PAGE_MODELS for pk, values in tables[table].items()}
        return {
            pk: ([value for name, value in row.items() if name not in BOOKKEEPING], own.get(pk))
            for pk, row in tables[PAGE_TABLE].items()
            if row["live"]
        }

    def changed(self, written):
        """Return the kinds of change after writes to these tables.

        A table that no kind knows counts as itself.
        """
        written = {table for table in written if table not in INCIDENTAL}
        changes = written - set(self.tables)
        after = {**self.tables, **{table: self.read(table) for table in written & set(self.tables)}}
        for table in written & KIND_OF_TABLE.keys():
            if after[table] != self.tables[table]:
                changes.add(KIND_OF_TABLE[table][0])
        if written & {PAGE_TABLE, *PAGE_MODELS, "wagtailcore_revision"}:
            changes |= self.changed_pages(after)
        return changes

    def changed_pages(self, after):
        live = self.live_pages(after)
        readers = {
            "live": lambda tables, live: live,
            "drafts": self.drafts,
            "snippet drafts": lambda tables, live: self.versions(tables, of_pages=False),
            "tree": lambda tables, live: self.columns(
                tables, "path", "locale_id", "translation_key", "alias_of_id"
            ),
            "locks": lambda tables, live: self.columns(tables, "locked", "locked_by_id"),
            "schedule": lambda tables, live: self.schedule(tables),
        }
        changes = {
            kind
            for kind, read in readers.items()
            if read(self.tables, self.live) != read(after, live)
        }
        if self.tables[PAGE_TABLE].keys() != after[PAGE_TABLE].keys():
            changes -= {"locks"}  # a page that comes or goes is not locked or unlocked by that
        return changes

    @staticmethod
    def columns(tables, *names):
        return {pk: [row[name] for name in names] for pk, row in tables[PAGE_TABLE].items()}

    @staticmethod
    def drafts(tables, live):
        """Every version of a page, and what stands in the tables of pages that are not live."""
        own = {
            pk: row for table in PAGE_MODELS for pk, row in tables[table].items() if pk not in live
        }
        titles = {
            pk: (row["title"], row["slug"])
            for pk, row in tables[PAGE_TABLE].items()
            if pk not in live
        }
        return Fingerprint.versions(tables, of_pages=True), own, titles

    @staticmethod
    def versions(tables, *, of_pages):
        page = ContentType.objects.get_for_model(Page).pk
        return {
            pk: (row["object_id"], row["user_id"], row["object_str"], row["created_at"])
            for pk, row in tables["wagtailcore_revision"].items()
            if (row["base_content_type_id"] == page) == of_pages
        }

    @staticmethod
    def schedule(tables):
        dated = {
            pk: (row["go_live_at"], row["expire_at"])
            for pk, row in tables[PAGE_TABLE].items()
            if row["live"] and (row["go_live_at"] or row["expire_at"])
        }
        approved = {
            pk: row["approved_go_live_at"]
            for pk, row in tables["wagtailcore_revision"].items()
            if row["approved_go_live_at"]
        }
        return dated, approved


@contextmanager
def writes():
    """Collect the tables that are written to."""
    tables = set()

    def watch(execute, sql, params, many, context):
        if sql[0] in "IUDiud" and (match := WRITE.match(sql)):
            tables.add(match[1].lower())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables
