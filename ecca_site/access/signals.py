"""A new section belongs to its roles at once, and with a language go the rights of its groups."""

from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from wagtail.models import Locale, Page, get_page_models

from ecca_site.core.models import IndexPage

from . import roles
from .grants import Grants
from .groups import retire
from .models import RoleGroup
from .sections import setup_section


def give_to_roles(instance: Page, created: bool, raw: bool = False, **kwargs: object) -> None:
    """Set up a section that has just been made; ``raw`` ones come from a fixture as they are."""
    if created and not raw:
        setup_section(instance)


@transaction.atomic
def retire_groups(instance: Locale, **kwargs: object) -> None:
    """Retire the groups of a language that is being deleted."""
    for role_group in RoleGroup.objects.filter(locale=instance).select_related("group"):
        retire(role_group, Grants([role_group.group]))


def connect() -> None:
    pre_delete.connect(retire_groups, sender=Locale)
    for model in get_page_models():
        label = model._meta.label
        if issubclass(model, IndexPage) or label == roles.HOMES:
            post_save.connect(give_to_roles, sender=model, dispatch_uid=f"section_{label}")
