"""The editor's form of a profile: what people mistype is said beside the field."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecca_site.core.forms import PageForm

from .completeness import REASONS

MOST_MEMBERS = 100_000
SMALLEST_LOGO = 200  # pixels of its longer side
LONGEST_LOGO = 6  # times the shorter side
ROLES = set(
    "admin alliance association business cluster communication contact general hello info international mail media "
    "members office partners pisarna posta press pr project projects secretariat team welcome".split()
)


def check_address(value):
    """Refuse what is no address of a website: another scheme than http and https, or a host without a dot."""
    try:
        parts = urlsplit(value)
        is_address = parts.scheme in ("http", "https") and "." in (parts.hostname or "").strip(".")
    except ValueError:  # "http://["
        is_address = False
    if not is_address:
        raise ValidationError(_("Enter the address of a website, such as https://example.org."))


def check_mailbox(value):
    """Refuse the mailbox of a person, as far as "jane.doe@" gives one away."""
    words = value.partition("@")[0].lower().split(".")
    if len(words) == 2 and all(re.fullmatch(r"[^\W\d_]+", word) for word in words) and not ROLES.intersection(words):
        raise ValidationError(_("This looks like a person's mailbox. Enter one of the organisation, such as info@…"))


CHECKS = {
    "website": check_address,
    "eccp_url": check_address,
    "mailbox": check_mailbox,
    **dict.fromkeys(
        ("members_sme", "members_large", "members_research", "members_public"), MaxValueValidator(MOST_MEMBERS)
    ),
}


def check_logo(image):
    shorter, longer = sorted((image.width, image.height))
    is_too_small = longer < SMALLEST_LOGO and not image.is_svg()
    if is_too_small or longer > LONGEST_LOGO * shorter:
        raise ValidationError(
            _("A logo has at least %(pixels)s pixels on its longer side, at most %(times)s times the shorter one."),
            params={"pixels": SMALLEST_LOGO, "times": LONGEST_LOGO},
        )


class PartnerPageForm(PageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        checks = {**CHECKS, "founded_year": MaxValueValidator(timezone.localdate().year)}
        for name, reason in REASONS.items():
            if field := self.fields.get(name.removesuffix("_id")):
                field.help_text = field.help_text or reason
        for name in checks.keys() & self.fields.keys():
            self.fields[name].validators = [*self.fields[name].validators, checks[name]]

    def clean(self):
        cleaned = super().clean()
        if "logo" in self.changed_data and cleaned.get("logo"):
            try:
                check_logo(cleaned["logo"])
            except ValidationError as error:
                self.add_error("logo", error)
        here, there = (cleaned.get(name) is None for name in ("latitude", "longitude"))
        if here != there and not {"latitude", "longitude"} & self.errors.keys():
            self.add_error("latitude" if here else "longitude", _("Enter both latitude and longitude, or neither."))
        return cleaned
