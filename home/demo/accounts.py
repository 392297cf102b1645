"""One account for each role. They exist in the demo alone: production refuses to start where it finds one."""

from django.contrib.auth import get_user_model
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
    ("reviewer-en", "Language reviewer, English", roles.REVIEWER.group_name("en"), "en"),
)


def make_accounts():
    users = get_user_model().objects
    for username, title, group_name, language in ACCOUNTS:
        make = users.create_superuser if group_name is None else users.create_user
        first, _comma, last = title.partition(", ")
        user = make(
            username, f"{username}{DEMO_DOMAIN}", PASSWORD, first_name="Demo", last_name=f"{first} {last}".strip()
        )
        if group_name:
            user.groups.add(Group.objects.get(name=group_name))
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
