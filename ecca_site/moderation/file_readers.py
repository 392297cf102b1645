"""Whoever may see a file that nothing live uses: who works with it, decides on it, or is a guest.

A version shows its files to all who may see the version.
"""

from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from ecca_site.delivery.files import also_read_by
from ecca_site.uploads.storage import PASS

from .items import queue_of
from .models import FileUse, GuestLink


def may_see_file(user: AbstractUser, file: Model) -> bool:
    """Return whether a user may choose a picture or document, or sees a draft that uses it."""
    if policy_registry.get(file).user_has_permission_for_instance(user, "choose", file):
        return True
    uses = uses_of(file)
    if uses.filter(revision__in=queue_of(user).values("revision")).exists():
        return True
    return works_on_page_with(user, file, uses) or works_on_others_with(user, uses)


def uses_of(file: Model) -> QuerySet[FileUse]:
    content_type = ContentType.objects.get_for_model(file)
    return FileUse.objects.filter(content_type=content_type, object_id=file.pk)


def works_on_page_with(user: AbstractUser, file: Model, uses: QuerySet[FileUse]) -> bool:
    """Return whether a user works on a page of which some version, or the row, uses a file.

    The editor of translations asks for what the original shows, and stays empty without an answer.
    """
    page_type = ContentType.objects.get_for_model(Page)
    of_versions = uses.filter(revision__base_content_type=page_type)
    references = ReferenceIndex.get_references_to(file).filter(base_content_type=page_type)
    keys = {int(key) for key in of_versions.values_list("revision__object_id", flat=True)}
    keys |= {int(key) for key in references.values_list("object_id", flat=True)}
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return bool(keys) and bool(own.filter(pk__in=keys).exists())


def works_on_others_with(user: AbstractUser, uses: QuerySet[FileUse]) -> bool:
    """Return whether a user works on what is no page, as speakers, and uses a file."""
    page_type = ContentType.objects.get_for_model(Page)
    kinds = uses.exclude(revision__base_content_type=page_type).order_by()
    for key in kinds.values_list("revision__base_content_type", flat=True).distinct():
        model = ContentType.objects.get_for_id(key).model_class()
        if policy_registry.get_by_type(model).user_has_permission(user, "change"):
            return True
    return False


def is_of_guest(request: HttpRequest, file: Model) -> bool:
    """Return whether a file belongs to the version that a guest was given the address of."""
    token = request.GET.get(PASS, "")
    link = GuestLink.objects.at(token) if token else None
    return link is not None and uses_of(file).filter(revision=link.revision_id).exists()


def connect() -> None:
    also_read_by(is_of_guest)
