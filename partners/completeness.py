"""What a profile lacks to be useful, and why each of it matters."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

# Each counts the same; what a profile cannot be without is not counted.
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
    "mailbox": _("People write to it, and once a year we ask there whether the profile is correct."),
    "working_languages": _("They tell in which language to write to you."),
    "target_countries": _("Companies there see that you look for them."),
}


@dataclass(frozen=True)
class Missing:
    label: str
    reason: str


def missing_in(profile):
    """Return the names of what a profile lacks."""
    return [name for name in REASONS if getattr(profile, name) in (None, "", [])]


def percent(profile):
    return round(100 * (1 - len(missing_in(profile)) / len(REASONS)))


def label_of(profile, name):
    return _("number of members") if name == "members" else profile._meta.get_field(name).verbose_name


class CompletenessPanel(Panel):
    """Says above the form what is missing. It reads only."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "partners/panels/completeness.html"

        def get_context_data(self, parent_context=None):
            profile = self.instance
            missing = [Missing(label_of(profile, name), REASONS[name]) for name in missing_in(profile)]
            extra = {"percent": percent(profile), "missing": missing, "confirmed_on": profile.confirmed_on}
            return {**super().get_context_data(parent_context), **extra}
