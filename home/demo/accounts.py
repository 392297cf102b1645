"""One account for each role. They exist in the demo alone: production refuses to start where it finds one."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from ecca_site.core.checks import DEMO_DOMAIN
from home import roles

PASSWORD = "circular-demo"  # noqa: S105  printed by "make run"
ACCOUNTS = (
    ("admin", "Administrator", None, "en"),
    ("editor", "Communications editor", roles.EDITOR.name, "en"),
    ("moderator", "Partner moderator", roles.PARTNER_MODERATOR.name, "en"),
    ("conferences", "Conference manager", roles.CONFERENCE_MANAGER.name, "en"),
    ("translator", "Translator, Slovenian", roles.TRANSLATOR.group_name("sl"), "sl"),
    ("reviewer", "Language reviewer, Slovenian", roles.REVIEWER.group_name("sl"), "sl"),
    ("partner", "Partner organisation, Poland", roles.PARTNER_ORGANISATION.group_name("Energy cluster (Poland)"), "pl"),
    ("reviewer-en", "Language reviewer, English", roles.REVIEWER.group_name("en"), "en"),
)


def make_accounts():
    User = get_user_model()
    password = make_password(PASSWORD)  # once: it takes a second, and is no secret
    for username, title, group_name, language in ACCOUNTS:
        first, _comma, last = title.partition(", ")
        user = User.objects.create(
            username=username, email=f"{username}{DEMO_DOMAIN}", password=password, first_name="Demo",
            last_name=f"{first} {last}".strip(), is_superuser=group_name is None, is_staff=group_name is None,
        )  # fmt: skip
        if group_name:
            user.groups.add(Group.objects.get(name=group_name))
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
