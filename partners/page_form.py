"""The editor's form of a profile, which says beside a field what is mistyped in it."""

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES, MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecca_site.core.forms import PageForm

from .completeness import REASONS

if TYPE_CHECKING:
    from ecca_site.uploads.models import CustomImage

MOST_MEMBERS = 100_000
SMALLEST_LOGO = 200  # pixels of its longer side
LONGEST_LOGO = 6  # times the shorter side
PLACE = {"latitude", "longitude"}
# The first words of mailboxes that are an organisation's.
ROLES = set(
    "admin alliance association business cluster communication contact general hello info "
    "international mail media members office partners pisarna posta press pr project projects "
    "secretariat team welcome".split()
)


def check_address(value: str) -> None:
    """Check that a value is the address of a website.

    Raises:
        ValidationError: it has another scheme than http and https, or a host without a dot.
    """
    try:
        parts = urlsplit(value)
        is_address = parts.scheme in ("http", "https") and "." in (parts.hostname or "").strip(".")
    except ValueError:  # "http://["
        is_address = False
    if not is_address:
        raise ValidationError(_("Enter the address of a website, such as https://example.org."))


def check_mailbox(value: str) -> None:
    """Check that a mailbox is not a person's, as far as "jane.doe@" gives one away.

    Raises:
        ValidationError: it is.
    """
    words = value.partition("@")[0].lower().split(".")
    has_two_names = len(words) == 2 and all(re.fullmatch(r"[^\W\d_]+", word) for word in words)
    if has_two_names and not ROLES.intersection(words):
        raise ValidationError(
            _("This looks like a person's mailbox. Enter one of the organisation, such as info@…")
        )


CHECKS = {
    "website": check_address,
    "eccp_url": check_address,
    "mailbox": check_mailbox,
    **dict.fromkeys(
        ("members_sme", "members_large", "members_research", "members_public"),
        MaxValueValidator(MOST_MEMBERS),
    ),
}


def check_logo(image: "CustomImage") -> None:
    """Check that a logo is large enough and not too long.

    Raises:
        ValidationError: it is too small, unless it is an SVG, or too long.
    """
    shorter, longer = sorted((image.width, image.height))
    is_too_small = longer < SMALLEST_LOGO and not image.is_svg()
    if is_too_small or longer > LONGEST_LOGO * shorter:
        raise ValidationError(
            _(
                "A logo has at least %(pixels)s pixels on its longer side, at most %(times)s times "
                "the shorter one."
            ),
            params={"pixels": SMALLEST_LOGO, "times": LONGEST_LOGO},
        )


class PartnerPageForm(PageForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, reason in REASONS.items():
            field = self.fields.get(name.removesuffix("_id"))
            if field is not None and not field.help_text:
                field.help_text = reason

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_deferred_validation:
            self._check_whole(cleaned)
        return cleaned

    def _check_whole(self, cleaned: dict[str, Any]) -> None:
        """Check the rules that a draft may break."""
        checks = {**CHECKS, "founded_year": MaxValueValidator(timezone.localdate().year)}
        if "logo" in self.changed_data:
            checks["logo"] = check_logo
        for name, check in checks.items():
            if cleaned.get(name) in EMPTY_VALUES or self.fields[name].disabled:
                continue
            try:
                check(cleaned[name])
            except ValidationError as error:
                self.add_error(name, error)
        missing = [name for name in PLACE if cleaned.get(name) is None]
        if len(missing) == 1 and not self.errors.keys() & PLACE:
            self.add_error(missing[0], _("Enter both latitude and longitude, or neither."))
