"""The permissions and the workflow that a section has by ``access.roles``.

A section is the home page, or the list of one kind of page, of one language. ``setup_site`` gives
them to the sections that there are; a later one gets them when it is made, in whatever way.
"""

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import Locale, Page, WorkflowPage

from . import roles
from .grants import Grants
from .groups import lock_setup
from .models import ReviewWorkflow, RoleGroup, SectionWorkflow


def section_pages(section: str, locale: Locale | None = None) -> QuerySet[Page]:
    """Return the pages that a section of ``access.roles`` names, all of them or of one language."""
    if section == roles.ROOT:
        return Page.objects.filter(depth=1)
    pages = apps.get_model(section).objects.all()
    if locale is None:
        return pages
    return pages.filter(locale=locale)


def role_page_permissions(role: roles.Role, locale: Locale | None = None) -> set[tuple[Page, str]]:
    """Return the pairs of page and action that a role has by its sections."""
    pairs: set[tuple[Page, str]] = set()
    for section, actions in role.pages.items():
        for page in section_pages(section, locale):
            pairs.update((page, action) for action in actions)
    return pairs


def assign(review_workflow: ReviewWorkflow, page: Page, changes: list[str] | None = None) -> None:
    """Give a section a workflow and remember it; where people gave it another, theirs stays."""
    given = SectionWorkflow.objects.filter(page=page).select_related("review_workflow").first()
    present = WorkflowPage.objects.filter(page=page).first()
    is_ours = given and present and present.workflow_id == given.review_workflow.workflow_id
    if present and not is_ours:
        return
    if is_ours and given.review_workflow == review_workflow:
        return
    WorkflowPage.objects.update_or_create(
        page=page, defaults={"workflow": review_workflow.workflow}
    )
    SectionWorkflow.objects.update_or_create(
        page=page, defaults={"review_workflow": review_workflow}
    )
    if changes is not None:
        changes.append(f"Workflow assigned to {page.url_path}: {review_workflow}")


@transaction.atomic
def setup_section(page: Page) -> None:
    """Give a new section to the groups of its roles, and its workflow to it.

    Other sections stay as people left them. Before ``setup_site`` has made groups and workflows
    there is nothing to give.
    """
    lock_setup()
    section = page._meta.label
    actions = {role.key: role.pages[section] for role in roles.ROLES if section in role.pages}
    is_of_language = Q(locale=None) | Q(locale=page.locale_id)
    current = RoleGroup.objects.current().filter(is_of_language, role__in=actions)
    role_groups = current.select_related("group")
    grants = Grants([role_group.group for role_group in role_groups])
    for role_group in role_groups:
        pairs = [(page, action) for action in actions[role_group.role]]
        grants.give(role_group, grants.on_pages(pairs))
    keys = [review.key for review in roles.WORKFLOWS if review.section == section]
    for review_workflow in ReviewWorkflow.objects.current().filter(review__in=keys):
        assign(review_workflow, page)
