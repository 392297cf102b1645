"""The parts of a useful profile, which of them one lacks, and why each matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

if TYPE_CHECKING:
    from .models import PartnerPage

# Each counts the same; a profile cannot be saved without the fields that are not counted.
REASONS = {
    "logo_id": _("People recognise you by it in the directory."),
    "introduction": _("It is the first thing that people read of you."),
    "themes": _("The directory is searched by them."),
    "offers": _("Others find out what they can come to you for."),
    "seeks": _("Others find out what they can write to you about."),
    "city": _("It tells where to find you."),
    "latitude": _("It puts you on the map."),
    "members": _("They show whom you speak for."),
    "website": _("It leads people on to you."),
    "mailbox": _(
        "People write to it, and once a year we ask there whether the profile is correct."
    ),
    "working_languages": _("They tell in which language to write to you."),
    "target_countries": _("Companies there see that you look for them."),
}


@dataclass(frozen=True)
class Missing:
    """A part that a profile lacks, by its name in the form, and the reason to fill it in."""

    label: str | Promise
    reason: str | Promise


def missing_in(profile: "PartnerPage") -> list[str]:
    """Return the names of the parts that a profile lacks."""
    return [name for name in REASONS if getattr(profile, name) in (None, "", [])]


def percent(profile: "PartnerPage") -> int:
    """Return how much of a profile is filled in, in per cent."""
    return round(100 * (1 - len(missing_in(profile)) / len(REASONS)))


def label_of(profile: "PartnerPage", name: str) -> str | Promise:
    if name == "members":
        return _("number of members")
    return profile._meta.get_field(name).verbose_name


class CompletenessPanel(Panel):
    """The panel above the form that says what is missing; it edits nothing."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "partners/panels/completeness.html"

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            profile = self.instance
            names = missing_in(profile)
            return {
                **super().get_context_data(parent_context),
                "percent": percent(profile),
                "missing": [Missing(label_of(profile, name), REASONS[name]) for name in names],
                "confirmed_on": profile.confirmed_on,
            }
