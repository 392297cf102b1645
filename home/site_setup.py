"""Apply ``home.roles`` to the database: add what is new, take away what is no longer said, touch nothing else."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from ecca_site.moderation.models import LanguageTeam, ReviewTask

from . import roles
from .models import HomePage


@transaction.atomic
def setup_site(hostname="localhost", port=80):
    """Make languages, home page, groups and workflows as ``home.roles`` and the settings say. May be run again."""
    locales = setup_languages()
    setup_home(locales[settings.LANGUAGE_CODE], hostname, port)
    groups = setup_groups(locales)
    setup_workflows(groups)


def setup_languages():
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}


def setup_home(locale, hostname, port):
    """Put a home page of ours where Wagtail put its welcome page."""
    root = Page.get_first_root_node()
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = root.add_child(
            instance=HomePage(title="ECCA", slug="home-ecca", long_title=settings.SITE_NAME, locale=locale, live=False)
        )
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname=hostname, port=port, root_page=home, is_default_site=True, site_name=settings.WAGTAIL_SITE_NAME
        )
    elif site.root_page.specific_class is not HomePage:
        welcome = site.root_page
        site.hostname, site.port, site.root_page, site.site_name = hostname, port, home, settings.WAGTAIL_SITE_NAME
        site.save()
        if not welcome.get_children().exists():
            welcome.delete()


def section_pages(section, locale=None):
    """Return the pages that a section of ``home.roles`` names, of one language where one is given."""
    if section == roles.ROOT:
        return Page.objects.filter(depth=1)
    model = HomePage if section == roles.HOMES else apps.get_model(section)
    pages = model.objects.all()
    return pages.filter(locale=locale) if locale else pages


def setup_groups(locales):
    """Return the groups of every role: ``{(role name, language code or None): group}``."""
    groups = {}
    for role in roles.ROLES:
        for code in locales if role.is_per_language else [None]:
            locale = locales.get(code)
            group, _created = Group.objects.get_or_create(name=role.group_name(code))
            group.permissions.set(_model_permissions(role.models))
            _set_page_permissions(group, role, locale)
            _set_collection_permissions(group, role.files)
            groups[role.name, code] = group
    for code, locale in locales.items():
        LanguageTeam.objects.update_or_create(
            locale=locale,
            defaults={
                "translators": groups[roles.TRANSLATOR.name, code],
                "reviewers": groups[roles.REVIEWER.name, code],
            },
        )
    for name in roles.STOCK_GROUPS:
        Group.objects.filter(name=name, user=None).delete()
    return groups


def _model_permissions(names):
    permissions = []
    for name in names:
        app_label, codename = name.split(".")
        permissions.append(Permission.objects.get(content_type__app_label=app_label, codename=codename))
    return permissions


def _set_page_permissions(group, role, locale):
    content_type = ContentType.objects.get_for_model(Page)
    wanted = {
        (page.pk, Permission.objects.get(content_type=content_type, codename=f"{action}_page").pk)
        for section, actions in role.pages.items()
        for page in section_pages(section, locale)
        for action in actions
    }
    present = set(GroupPagePermission.objects.filter(group=group).values_list("page_id", "permission_id"))
    for page_id, permission_id in present - wanted:
        GroupPagePermission.objects.filter(group=group, page_id=page_id, permission_id=permission_id).delete()
    for page_id, permission_id in wanted - present:
        GroupPagePermission.objects.create(group=group, page_id=page_id, permission_id=permission_id)


def _set_collection_permissions(group, actions):
    collection = Collection.get_first_root_node()
    # Wagtail checks collections against its own two models, whichever models a site uses.
    permissions = {
        Permission.objects.get(content_type__app_label=app_label, codename=f"{action}_{model}")
        for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
        for action in actions
    }
    present = GroupCollectionPermission.objects.filter(group=group, collection=collection)
    present.exclude(permission__in=permissions).delete()
    for permission in permissions:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def setup_workflows(groups):
    """Make each workflow with its one task and assign it to its section in every language."""
    for review in roles.WORKFLOWS:
        workflow, _created = Workflow.objects.get_or_create(name=review.name)
        task, _created = ReviewTask.objects.get_or_create(name=review.name)
        if task.is_for_language_reviewers != review.is_for_language_reviewers:
            task.is_for_language_reviewers = review.is_for_language_reviewers
            task.save()
        task.groups.set([groups[role.name, None] for role in review.roles])
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
        for page in section_pages(review.section):
            WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    stock = Workflow.objects.filter(name=roles.STOCK_WORKFLOW, workflow_pages=None, workflow_states=None)
    stock.update(active=False)
