"""What is reviewed: pages, and snippets that have a workflow, such as speakers.

Wagtail keeps the two apart, in their rows, addresses and logs; here they are asked the same.
"""

from collections.abc import Iterable
from typing import TypeAlias

from django.apps import apps
from django.conf import settings
from django.contrib.admin.utils import quote
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.urls import reverse
from wagtail.models import (
    BaseLogEntry,
    ModelLogEntry,
    Page,
    PageLogEntry,
    TranslatableMixin,
    WorkflowMixin,
    get_page_models,
)

Reviewed: TypeAlias = WorkflowMixin  # a page or a snippet
Place = tuple[int, str]  # the base content type and primary key of something


def reviewed_snippets() -> list[type[Model]]:
    """Return the models of what goes live by a review and is no page."""
    models = [model for model in apps.get_models() if issubclass(model, WorkflowMixin)]
    return [model for model in models if not issubclass(model, Page)]


def reviewed_models() -> list[type[Model]]:
    return [*get_page_models(), *reviewed_snippets()]


def model_of(instance: Reviewed) -> type[Model]:
    """Return the model whose numbers something has; all pages are numbered together."""
    return Page if isinstance(instance, Page) else type(instance)


def in_full(instance: Reviewed) -> Reviewed:
    """Return a page as what it is, and a snippet as it is."""
    return instance.specific if isinstance(instance, Page) else instance


def title_of(instance: Reviewed) -> str:
    """Return the name of something in lists of the CMS, where drafts may be named otherwise."""
    if isinstance(instance, Page):
        return instance.get_admin_display_title()
    return instance.latest_revision.object_str if instance.latest_revision else str(instance)


def edit_path(instance: Reviewed) -> str:
    """Return the path at which the CMS edits something."""
    if isinstance(instance, Page):
        return reverse("wagtailadmin_pages:edit", args=[instance.pk])
    name = type(instance).snippet_viewset.get_url_name("edit")
    return reverse(name, args=[quote(instance.pk)])


def language_of(instance: Reviewed) -> str:
    return dict(settings.LANGUAGES)[instance.locale.language_code]


def live_row_of(instance: Reviewed) -> bool:
    """Return whether something is live by its row, whatever the object at hand says."""
    return model_of(instance)._base_manager.filter(pk=instance.pk, live=True).exists()


def lock(instance: Reviewed) -> None:
    """Let nobody else submit or write something until the transaction ends."""
    rows = model_of(instance)._base_manager.select_for_update(of=("self",)).filter(pk=instance.pk)
    list(rows.order_by().values_list("pk"))


def log_of(instance: Reviewed) -> QuerySet[BaseLogEntry]:
    """Return everything that was logged of something."""
    if isinstance(instance, Page):
        return PageLogEntry.objects.filter(page_id=instance.pk)
    content_type = ContentType.objects.get_for_model(instance, for_concrete_model=False)
    return ModelLogEntry.objects.filter(content_type=content_type, object_id=str(instance.pk))


def instances_at(places: Iterable[Place], *, with_content: bool = True) -> dict[Place, Model]:
    """Return what stands at these places, with its language, by one query for each kind.

    Its live and its latest version come along, on request without their content.
    """
    keys: dict[int, set[str]] = {}
    for type_id, object_id in places:
        keys.setdefault(type_id, set()).add(object_id)
    found = {}
    for type_id, object_ids in keys.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        rows = model._base_manager.filter(pk__in=object_ids)
        if issubclass(model, TranslatableMixin):
            rows = rows.select_related("locale")
        if issubclass(model, WorkflowMixin):
            rows = rows.select_related("live_revision", "latest_revision")
            if not with_content:
                rows = rows.defer("live_revision__content", "latest_revision__content")
        found.update({(type_id, str(row.pk)): row for row in rows})
    return found
