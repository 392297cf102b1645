from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnerTeam(models.Model):
    """The people of one partner: a group that edits the organisation's profiles, and a collection for its files."""

    translation_key = models.UUIDField(unique=True, help_text=_("The profiles of the organisation in all languages."))
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="partner_team")
    collection = models.OneToOneField("wagtailcore.Collection", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("partner organisation")
        verbose_name_plural = _("partner organisations")

    def __str__(self):
        return self.group.name

    @property
    def people(self):
        return self.group.user_set.filter(is_active=True)
