from typing import Self

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ecca_site.access.models import RoleGroup

from .profile import PartnerPage


class PartnerTeamQuerySet(models.QuerySet):
    def named(self, language_code: str) -> Self:
        """Annotate ``organisation``, its name by the profile in a language, or else by the first.

        Where the profiles are gone it is the name of its collection.
        """
        own = When(locale__language_code=language_code, then=Value(0))
        profiles = PartnerPage.objects.filter(translation_key=OuterRef("translation_key"))
        in_order = profiles.order_by(Case(own, default=Value(1)), "locale_id")
        name = Coalesce(Subquery(in_order.values("title")[:1]), "collection__name")
        return self.annotate(organisation=name)


class PartnerTeam(models.Model):
    """The people of one partner.

    It has a group that edits the organisation's profiles, and a collection for its files. After
    somebody has deleted the group there is none until the next set-up.
    """

    translation_key = models.UUIDField(
        unique=True, help_text=_("The profiles of the organisation in all languages.")
    )
    role_group = models.OneToOneField(
        RoleGroup, null=True, on_delete=models.SET_NULL, related_name="partner_team"
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", on_delete=models.PROTECT, related_name="+"
    )

    objects = PartnerTeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner organisation")
        verbose_name_plural = _("partner organisations")

    def __str__(self) -> str:
        return str(self.role_group or self.translation_key)

    @property
    def group(self) -> Group | None:
        return self.role_group.group if self.role_group else None

    @property
    def accounts(self) -> QuerySet[AbstractUser]:
        """The accounts in the group, also those that were closed."""
        return get_user_model().objects.filter(groups__role_group__partner_team=self)

    @property
    def people(self) -> QuerySet[AbstractUser]:
        """The accounts of people who can sign in."""
        return self.accounts.filter(is_active=True)
