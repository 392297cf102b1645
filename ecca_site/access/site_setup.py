"""The set-up, which applies ``access.roles`` to the database.

It adds what is new, takes away what is no longer said, and touches nothing else.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.dispatch import Signal
from wagtail.models import Collection, Locale, Page, Site, Workflow, WorkflowPage

from ecca_site.delivery import reader_index
from ecca_site.i18n.languages import source_language
from ecca_site.translation.first_languages import remember_all
from ecca_site.translation.glossary.models import Term
from ecca_site.translation.glossary.seeding import seed_glossary

from . import roles
from .grants import Grants
from .groups import lock_setup, make_role_group, retire, revive
from .models import RoleGroup
from .sections import role_page_permissions
from .workflows import setup_workflows

# Sent with ``grants`` when all roles have theirs. Rooms above set up more, such as partners' teams.
roles_applied = Signal()


@transaction.atomic
def setup_site(*, is_dry_run: bool = False) -> list[str]:
    """Make languages, home page, groups and workflows as ``access.roles`` and the settings say.

    May be run again. Return what was changed, a line for each change; a dry run takes it all back.
    """
    changes: list[str] = []
    is_first_time = not RoleGroup.objects.exists()
    locales = setup_languages(changes)
    if not Term.objects.exists():  # what administrators have taken out stays out
        changes.append(f"Terms of the glossary added: {seed_glossary()}")
    setup_home(locales[source_language()], changes)
    setup_address(changes)
    files = lock_setup()
    if is_first_time:
        remove_stock(changes)
    grants = Grants(changes=changes)
    setup_groups(locales, files, grants)
    setup_workflows(changes)
    roles_applied.send(sender=RoleGroup, grants=grants)
    if number := remember_all():
        changes.append(f"First languages remembered: {number}")
    if not reader_index.is_complete():
        reader_index.rebuild()
        changes.append("Reader index made: what readers of each language are shown.")
    if is_dry_run:
        transaction.set_rollback(True)
    return changes


@transaction.atomic
def setup_roles() -> None:
    """Give the groups of all roles, and the workflows, what there is of all languages by now."""
    changes: list[str] = []
    locales = setup_languages(changes)
    files = lock_setup()
    setup_groups(locales, files, Grants(changes=changes))
    setup_workflows(changes)


def setup_languages(changes: list[str]) -> dict[str, Locale]:
    """Make the languages of the settings that there are not yet, and return all by their codes."""
    locales = {}
    for code, name in settings.LANGUAGES:
        locale, is_new = Locale.objects.get_or_create(language_code=code)
        locales[code] = locale
        if is_new:
            changes.append(f"Language made: {name} ({code})")
    return locales


def setup_home(locale: Locale, changes: list[str]) -> None:
    """Put a home page of ours where Wagtail put its welcome page."""
    HomePage = apps.get_model(roles.HOMES)
    root = Page.get_first_root_node()
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = HomePage(title="ECCA", slug="home-ecca", locale=locale, live=False)
        home.long_title = settings.SITE_NAME
        root.add_child(instance=home)
        changes.append(f"Home page made, as a draft: {home.url_path}")
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(is_default_site=True)
    if site.root_page_id is None or site.root_page.specific_class is not HomePage:
        welcome = site.root_page if site.root_page_id else None
        site.root_page = home
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.save()
        changes.append(f"Home page of the site set: {home.url_path}")
        if welcome and not welcome.get_children().exists():
            welcome.delete()
            changes.append("Welcome page of Wagtail removed")


def setup_address(changes: list[str] | None = None) -> None:
    """Give the site the host and port of the settings.

    Canonical addresses, feeds and mails use them.
    """
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port
    if port is None:
        port = 443 if address.scheme == "https" else 80
    default = Site.objects.filter(is_default_site=True)
    for site in default.exclude(hostname=address.hostname, port=port):
        site.hostname = address.hostname
        site.port = port
        site.save()
        if changes is not None:
            changes.append(f"Address of the site set: {site.hostname}, port {port}")


def setup_groups(locales: dict[str, Locale], files: Collection, grants: Grants) -> None:
    """Make a group for every role, or for its every language, and give it what the role says.

    Groups of roles or languages that are no longer said are retired.
    """
    role_groups = RoleGroup.objects.exclude(role=roles.PARTNER_ORGANISATION.key)
    known = {}
    for role_group in role_groups.select_related("group"):
        known[role_group.role, role_group.locale_id] = role_group
    for role, locale in _said(locales):
        role_group = known.pop((role.key, locale.pk if locale else None), None)
        if role_group is None:
            role_group = make_role_group(role, locale.language_code if locale else None, locale)
            grants.note(f"Group made: {role_group}")
        revive(role_group, grants)
        rights = grants.on_models(role.models)
        rights |= grants.on_pages(role_page_permissions(role, locale))
        rights |= grants.on_files(role.files, files)
        grants.give_exactly(role_group, rights)
    for role_group in known.values():
        retire(role_group, grants)


def _said(locales: dict[str, Locale]) -> Iterator[tuple[roles.Role, Locale | None]]:
    """Yield each role that has a group of its own, with each language where it has one for each."""
    for role in roles.ROLES:
        if role.is_per_language:
            for locale in locales.values():
                yield role, locale
        elif not role.is_per_partner:
            yield role, None


def remove_stock(changes: list[str]) -> None:
    """Remove what a fresh Wagtail brings along.

    It is asked for the first time only: later on, people made what has these names.
    """
    for group in Group.objects.filter(name__in=roles.STOCK_GROUPS, user=None):
        changes.append(f"Group of a fresh Wagtail removed: {group}")
        group.delete()
    stock = Workflow.objects.filter(name=roles.STOCK_WORKFLOW, active=True)
    for given in WorkflowPage.objects.filter(workflow__in=stock, page__depth=1):
        given.delete()
        changes.append(f"Workflow of a fresh Wagtail taken from all pages: {given.workflow}")
    for workflow in stock.filter(workflow_pages=None, workflow_states=None):
        workflow.active = False
        workflow.save()
        changes.append(f"Workflow of a fresh Wagtail closed: {workflow}")
