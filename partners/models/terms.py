"""The terms by which organisations are told apart."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnerClass(models.TextChoices):
    PARTNER = "partner", _("Partner")
    SUPPORTING = "supporting", _("Supporting organisation")
    ASSOCIATED = "associated", _("Associated member")


class LifeCycleStage(models.TextChoices):
    """A stage in the life cycle of a building; ECCA applies circular-economy principles to all."""

    RAW_MATERIALS = "raw-materials", _("Raw materials")
    DESIGN = "design", pgettext_lazy("life cycle of a building", "Design")
    PRODUCTION = "production", _("Production")
    CONSTRUCTION = "construction", _("Construction")
    OPERATION = "operation", _("Operation and maintenance")
    RETROFIT = "retrofit", _("Retrofit")
    DEMOLITION = "demolition", _("Demolition")
    RECYCLING = "recycling", _("Recycling")
