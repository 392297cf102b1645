"""A new profile belongs to its organisation at once."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page

from ecca_site.access.models import RoleGroup
from ecca_site.access.site_setup import roles_applied

from .models import PartnerPage
from .teams import setup_all, setup_partner


def give_to_organisation(
    instance: PartnerPage, created: bool, raw: bool = False, **kwargs: object
) -> None:
    """Set up the team of a new profile; ``raw`` ones come from a fixture as they are."""
    if created and not raw:
        setup_partner(instance.translation_key)


def take_from_organisation(instance: Page, **kwargs: object) -> None:
    """Close the team of an organisation whose last profile is gone, and the permissions on it.

    While there is one in another language, only the permission on this page goes, together with it.
    """
    if instance.specific_class is not PartnerPage:
        return
    if not PartnerPage.objects.filter(translation_key=instance.translation_key).exists():
        setup_partner(instance.translation_key)


def connect() -> None:
    post_save.connect(give_to_organisation, sender=PartnerPage)
    # Of Page, whose row goes last: what the group holds on it is gone by then.
    post_delete.connect(take_from_organisation, sender=Page)
    roles_applied.connect(setup_all, sender=RoleGroup)
