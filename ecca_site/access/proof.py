"""Who must have a second factor, and what is asked for once more before it is done."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from wagtail.models import GroupPagePermission

from ecca_site.users.second_factor.state import is_fresh, used_second_factor

from . import areas
from .groups import roles_of

# Of the areas where people and settings are changed, what only shows something.
ONLY_SHOWN = (":index", "_results", ":history", ":usage", ":task_index", "workflow_usage")
SHOWN = frozenset(
    """
    wagtailadmin_reports:page_types_usage wagtailadmin_reports:workflow
    wagtailadmin_reports:workflow_tasks wagtailadmin_reports:site_history
    wagtailadmin_workflows:task_chooser wagtailadmin_workflows:task_chosen
    mail mails mail_again translation_languages
    """.split()
)
# Where a decision against the rule of four eyes is named: in an address or a form.
AGAINST_THE_RULE = "override"
NAMES_OF_DECISIONS = ("action", "workflow-action-name")


def may_decide(user: AbstractUser) -> bool:
    """Return whether a user decides what goes live, or who may do what."""
    if user.is_superuser:
        return True
    if any(areas.REVIEW in role.areas for role in roles_of(user)):
        return True
    given = GroupPagePermission.objects.filter(permission__codename="publish_page")
    return given.filter(group__user=user).exists()


def lacks_second_factor(request: HttpRequest) -> bool:
    """Return whether a user must set up a second factor before anything else."""
    if not settings.SECOND_FACTOR_REQUIRED or used_second_factor(request, request.user):
        return False
    return may_decide(request.user)


def must_prove(request: HttpRequest, name: str, kwargs: Mapping[str, Any]) -> bool:
    """Return whether a second factor is asked for once more: the last proof is too old.

    Whoever has none, as in the demo, is asked for nothing.
    """
    if not matters(request, name, kwargs):
        return False
    return used_second_factor(request, request.user) and not is_fresh(request)


def matters(request: HttpRequest, name: str, kwargs: Mapping[str, Any]) -> bool:
    """Return whether a request changes roles or settings, or decides against the rule."""
    if name == areas.BULK:
        return (kwargs["app_label"], kwargs["model_name"]) == ("users", "user")
    if name in areas.AREAS[areas.PEOPLE] or name in areas.AREAS[areas.SETTINGS]:
        return name not in SHOWN and not name.endswith(ONLY_SHOWN)
    if kwargs.get("action_name") == AGAINST_THE_RULE:
        return True
    return any(request.POST.get(field) == AGAINST_THE_RULE for field in NAMES_OF_DECISIONS)
