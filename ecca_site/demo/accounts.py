"""The demo's accounts, one for each role.

They exist in the demo alone: production refuses to start where it finds one.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from ecca_site.access import roles
from ecca_site.access.checks import DEMO_DOMAIN
from ecca_site.access.groups import group_of
from ecca_site.i18n.originals import are_originals
from partners.models import PartnerPage, PartnerTeam

PASSWORD = "circular-demo"  # noqa: S105  printed by "make run"
ACCOUNTS = (
    ("admin", "Administrator", None, "en"),
    ("editor", "Communications editor", roles.EDITOR, "en"),
    ("moderator", "Partner moderator", roles.PARTNER_MODERATOR, "en"),
    ("conferences", "Conference manager", roles.CONFERENCE_MANAGER, "en"),
    ("translator", "Translator, Slovenian", roles.TRANSLATOR, "sl"),
    ("reviewer", "Language reviewer, Slovenian", roles.REVIEWER, "sl"),
    ("partner", "Partner organisation, Poland", roles.PARTNER_ORGANISATION, "pl"),
    ("reviewer-en", "Language reviewer, English", roles.REVIEWER, "en"),
)

PARTNER = "Energy cluster (Poland)"  # the profile of the partner's account


def make_accounts() -> None:
    User = get_user_model()
    # Once for all: it takes a second, and the password is no secret.
    password = make_password(PASSWORD)
    for username, title, role, language in ACCOUNTS:
        first, _comma, last = title.partition(", ")
        user = User.objects.create(
            username=username,
            email=f"{username}{DEMO_DOMAIN}",
            password=password,
            first_name="Demo",
            last_name=f"{first} {last}".strip(),
            is_superuser=role is None,
            is_staff=role is None,
        )
        if role:
            user.groups.add(_group(role, language))
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


def _group(role: roles.Role, language_code: str) -> Group:
    if role.is_per_partner:
        profile = PartnerPage.objects.get(are_originals(), title=PARTNER)
        return PartnerTeam.objects.get(translation_key=profile.translation_key).group
    return group_of(role, language_code)
