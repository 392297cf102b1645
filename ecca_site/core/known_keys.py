"""Keys that nobody has to look up: whoever wrote them had the row in hand.

Django asks for the row of each foreign key that it checks and for others that are the same where
they must not be, and Wagtail does so again for each version that it reads. In what programs alone
write that finds nothing: the keys are those of rows that were just read, and the database refuses
all others.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Locale, ModelLogEntry, Page, PageLogEntry, WorkflowState

from ecca_site.delivery.memory import asked_once, stays

# Of a page, and in no form: a version that is read has them from the page's row.
OF_THE_ROW = frozenset(
    {
        "alias_of",
        "content_type",
        "latest_revision",
        "live_revision",
        "locale",
        "locked_by",
        "owner",
    }
)
OF_THE_TREE = frozenset({"path", "translation_key"})

HOME_DEPTH = 2  # of home pages, the roots of the site


@stays
@asked_once
def locale_of_key(pk: int) -> Locale:
    return Locale.objects.get(pk=pk)


class KnownKeys:
    """A page whose own keys are not looked up when it is saved, or one of its versions read."""

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        super().clean_fields(exclude=OF_THE_ROW.union(exclude or ()))

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        if not self._state.adding:
            exclude = OF_THE_TREE.union(exclude or ())
        super().validate_unique(exclude=exclude)

    def is_site_root(self) -> bool:
        return self.depth == HOME_DEPTH and super().is_site_root()

    def with_content_json(self, content: dict[str, Any]) -> Page:
        self.locale = locale_of_key(self.locale_id)
        rest = {name: value for name, value in content.items() if name not in OF_THE_ROW}
        version = super().with_content_json(rest)
        version.live_revision_id = self.live_revision_id
        version.locale = self.locale
        version.content_type = ContentType.objects.get_for_id(self.content_type_id)
        version._cached_parent_obj = self.get_parent()
        return version


def without_keys(clean_fields: Any, model: type[Model]) -> Any:
    """Return the check of the fields of a model without that of its foreign keys."""
    keys = {field.name for field in model._meta.concrete_fields if field.is_relation}

    def clean_other_fields(instance: Model, exclude: Collection[str] | None = None) -> None:
        clean_fields(instance, exclude=keys.union(exclude or ()))

    return clean_other_fields


def unique_by_the_database(instance: Model, exclude: Collection[str] | None = None) -> None:
    """Ask nothing: what is there twice is refused by the database."""


def connect() -> None:
    # Wagtail checks them as a whole each time that it saves one.
    for model in (ModelLogEntry, PageLogEntry, WorkflowState):
        model.clean_fields = without_keys(model.clean_fields, model)
        model.validate_unique = unique_by_the_database
        model.validate_constraints = unique_by_the_database
