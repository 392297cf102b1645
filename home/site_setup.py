"""Apply ``home.roles`` to the database: add what is new, take away what is no longer said, touch nothing else."""

from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupSitePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from ecca_site.moderation.models import LanguageTeam, ReviewTask
from ecca_site.translation.glossary.models import Term
from ecca_site.translation.glossary.seeding import seed_glossary
from partners.models import PartnerPage, PartnerTeam

from . import roles
from .grants import Grants, take_everything_from
from .models import HomePage, SetupRecord


@transaction.atomic
def setup_site():
    """Make languages, home page, groups and workflows as ``home.roles`` and the settings say. May be run again."""
    is_first_time = not SetupRecord.objects.exists()
    locales = setup_languages()
    if not Term.objects.exists():  # what administrators have taken out stays out
        seed_glossary()
    setup_home(locales[settings.LANGUAGE_CODE])
    setup_address()
    groups = setup_groups(locales)
    setup_workflows(groups)
    if is_first_time:
        remove_stock()
    keys = [model.objects.order_by().values_list("translation_key", flat=True) for model in (PartnerPage, PartnerTeam)]
    grants = Grants()
    for key in set().union(*keys):
        setup_partner(key, grants)


@transaction.atomic
def setup_roles():
    """Give the groups of all roles, and the workflows, what there is of all languages by now."""
    setup_workflows(setup_groups(setup_languages()))


def setup_languages():
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}


def setup_home(locale):
    """Put a home page of ours where Wagtail put its welcome page."""
    root = Page.get_first_root_node()
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = root.add_child(
            instance=HomePage(title="ECCA", slug="home-ecca", long_title=settings.SITE_NAME, locale=locale, live=False)
        )
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.root_page_id is None or site.root_page.specific_class is not HomePage:
        welcome = site.root_page if site.root_page_id else None
        site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
        site.save()
        if welcome and not welcome.get_children().exists():
            welcome.delete()


def setup_address():
    """Give the site the host and port of the settings: canonical addresses, feeds and mails use them."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    hostname, port = address.hostname, address.port or (443 if address.scheme == "https" else 80)
    for site in Site.objects.filter(is_default_site=True).exclude(hostname=hostname, port=port):
        site.hostname, site.port = hostname, port
        site.save()


def section_pages(section, locale=None):
    """Return the pages that a section of ``home.roles`` names, of one language where one is given."""
    if section == roles.ROOT:
        return Page.objects.filter(depth=1)
    model = HomePage if section == roles.HOMES else apps.get_model(section)
    pages = model.objects.all()
    return pages.filter(locale=locale) if locale else pages


def setup_groups(locales):
    """Return the groups of every role: ``{(role name, language code or None): group}``."""
    groups, grants = {}, Grants()
    known = {group.name: group for group in Group.objects.all()}
    files = Collection.get_first_root_node()
    for role in roles.ROLES:
        if role.is_per_partner:
            continue
        for code in locales if role.is_per_language else [None]:
            locale = locales.get(code)
            name = role.group_name(code)
            group = known.get(name) or Group.objects.create(name=name)
            grants.set_models(group, role.models)
            grants.set_pages(group, role_page_permissions(role, locale))
            grants.set_files(group, role.files, files)
            groups[role.name, code] = group
    GroupSitePermission.objects.filter(group__in=groups.values()).delete()
    teams = {team.locale_id: team for team in LanguageTeam.objects.all()}
    for code, locale in locales.items():
        team = teams.get(locale.pk) or LanguageTeam(locale=locale)
        translators, reviewers = groups[roles.TRANSLATOR.name, code], groups[roles.REVIEWER.name, code]
        if (team.translators_id, team.reviewers_id) != (translators.pk, reviewers.pk):
            team.translators, team.reviewers = translators, reviewers
            team.save()
    recorded = set(SetupRecord.objects.exclude(group=None).values_list("group", flat=True))
    SetupRecord.objects.bulk_create(SetupRecord(group=group) for group in groups.values() if group.pk not in recorded)
    LanguageTeam.objects.exclude(locale__in=locales.values()).delete()
    for record in SetupRecord.objects.exclude(group=None).exclude(group__in=groups.values()).select_related("group"):
        take_everything_from(record.group)
        if not record.group.user_set.exists():
            record.group.delete()
    return groups


def remove_stock():
    """Remove what a fresh Wagtail brings along; later on, what has these names is what people made."""
    Group.objects.filter(name__in=roles.STOCK_GROUPS, user=None).delete()
    Workflow.objects.filter(name=roles.STOCK_WORKFLOW, workflow_pages=None, workflow_states=None).update(active=False)


def setup_partner(translation_key, grants=None):
    """Give a partner organisation its group, which edits its profiles in all languages, and its collection.

    An organisation whose last profile is gone keeps its files and its people, who find the CMS closed. Where there
    are none, as after an application that was declined, nothing is left of it.
    """
    profiles = list(PartnerPage.objects.filter(translation_key=translation_key).order_by("locale_id"))
    role = roles.PARTNER_ORGANISATION
    team = PartnerTeam.objects.filter(translation_key=translation_key).select_related("group", "collection").first()
    if not profiles:
        if team and not team.group.user_set.exists():
            return dissolve(team)
        if team:  # its permissions on pages go with the pages
            team.group.permissions.clear()
            GroupCollectionPermission.objects.filter(group=team.group).delete()
        return team
    if team is None:
        name = role.group_name(profiles[0].title)
        if Group.objects.filter(name=name).exists():  # two organisations of one name
            name = role.group_name(f"{profiles[0].title[:100]} {translation_key}")
        team = PartnerTeam.objects.create(
            translation_key=translation_key,
            group=Group.objects.create(name=name),
            collection=Collection.get_first_root_node().add_child(name=name),
        )
    grants = grants or Grants()
    grants.set_models(team.group, role.models)
    grants.set_pages(team.group, {(page, action) for page in profiles for action in role.pages[roles.OWN_PROFILE]})
    grants.set_files(team.group, role.files, team.collection)
    return team


def dissolve(team):
    """Remove a team that nobody is in; its collection stays where it holds files, which would go with it."""
    team.delete()
    team.group.delete()
    models = get_image_model(), get_document_model()
    if not any(model.objects.filter(collection=team.collection).exists() for model in models):
        team.collection.delete()


def role_page_permissions(role, locale=None):
    """Return the pairs of page and action that a role has by its sections."""
    return {
        (page, action)
        for section, actions in role.pages.items()
        for page in section_pages(section, locale)
        for action in actions
    }


def setup_workflows(groups):
    """Make each workflow with its one task and assign it to its section in every language."""
    said, assigned = [], []
    for review in roles.WORKFLOWS:
        workflow, _created = Workflow.objects.get_or_create(name=review.name)
        task, _created = ReviewTask.objects.get_or_create(name=review.name)
        if task.is_for_language_reviewers != review.is_for_language_reviewers:
            task.is_for_language_reviewers = review.is_for_language_reviewers
            task.save()
        task.groups.set([groups[role.name, None] for role in review.roles])
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
        _record, is_new = SetupRecord.objects.get_or_create(workflow=workflow)
        if is_new and not workflow.active:  # it was said before, and then was not
            workflow.active = True
            workflow.save()
        said.append(workflow)
        for page in section_pages(review.section):
            assignment, _created = WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
            assigned.append(SetupRecord.objects.get_or_create(assignment=assignment)[0].pk)
    take_away_workflows(said, assigned)


def take_away_workflows(said, assigned):
    """Undo assignments that are no longer said, unless people have changed them, and close workflows that are not."""
    ours = list(SetupRecord.objects.exclude(workflow=None).values_list("workflow", flat=True))
    for record in SetupRecord.objects.exclude(assignment=None).exclude(pk__in=assigned):
        record.delete()
        WorkflowPage.objects.filter(pk=record.assignment_id, workflow__in=ours).delete()
    for record in SetupRecord.objects.exclude(workflow=None).exclude(workflow__in=said).select_related("workflow"):
        record.workflow.deactivate()
        record.delete()
