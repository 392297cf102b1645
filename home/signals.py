"""A new profile, or a new language of one, belongs to its organisation at once; a deleted one to nobody."""

from django.db.models.signals import post_delete, post_save

from partners.models import PartnerPage


def give_to_organisation(instance, created, raw=False, **kwargs):
    from .site_setup import setup_partner  # needs the models of all apps

    if created and not raw:
        setup_partner(instance.translation_key)


def take_from_organisation(instance, **kwargs):
    from .site_setup import setup_partner

    # While it has a profile in another language, only the permission on this one goes, and that with the page.
    if not PartnerPage.objects.filter(translation_key=instance.translation_key).exists():
        setup_partner(instance.translation_key)


def connect():
    post_save.connect(give_to_organisation, sender=PartnerPage)
    post_delete.connect(take_from_organisation, sender=PartnerPage)
