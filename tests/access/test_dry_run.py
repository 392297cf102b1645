"""``setup_site`` says what it changes, changes it once, and can be asked before."""

from dataclasses import replace
from io import StringIO
from uuid import uuid4

from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
)

from ecca_site.access import roles
from ecca_site.access.groups import make_role_group
from ecca_site.access.models import Grant, ReviewWorkflow, RoleGroup, SectionWorkflow
from ecca_site.access.site_setup import setup_site
from home.models import HomePage
from partners.models import PartnerTeam
from tests import factories

from .saying import TREASURER


def records():
    return [
        sorted(model.objects.values_list("pk", flat=True))
        for model in (RoleGroup, Grant, ReviewWorkflow, SectionWorkflow)
    ]


def test_setting_up_again_changes_nothing(news):
    factories.add_partner(news.get_parent().get_children().get(slug="partners").specific)
    before = records()
    assert setup_site() == []
    assert records() == before
    assert RoleGroup.objects.count() == Group.objects.count()


def test_every_permission_of_a_new_site_was_given_by_the_set_up(news):
    held = (
        Group.permissions.through.objects.count()
        + GroupPagePermission.objects.count()
        + GroupCollectionPermission.objects.count()
    )
    assert Grant.objects.count() == held


def run(*arguments):
    said = StringIO()
    call_command("setup_site", *arguments, stdout=said)
    return said.getvalue().splitlines()


def test_a_dry_run_says_what_would_be_changed_and_changes_nothing(news, monkeypatch, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("sk", "Slovenčina")]
    less = replace(roles.PARTNER_MODERATOR, models=roles.CMS, files=())
    said = (*(less if role is roles.PARTNER_MODERATOR else role for role in roles.ROLES), TREASURER)
    monkeypatch.setattr(roles, "ROLES", said)
    review = roles.Review("news", "News review", section=roles.NEWS, roles=(roles.EDITOR,))
    monkeypatch.setattr(roles, "WORKFLOWS", (roles.WORKFLOWS[0], review))
    PartnerTeam.objects.all().delete()
    before = records(), Group.objects.count(), Locale.objects.count(), Workflow.objects.count()
    announced = run("--dry-run")
    after = records(), Group.objects.count(), Locale.objects.count(), Workflow.objects.count()
    assert after == before
    assert announced[0] == "Language made: Slovenčina (sk)"
    wanted = {
        "Group made: Treasurers",
        "Group made: Translators (sk)",
        "Permission added to Treasurers: wagtailcore.change_page at /home-ecca/news/",
        "Permission added to Treasurers: wagtailimages.choose_image in “Root”",
        "Permission added to Treasurers: wagtailadmin.access_admin",
        "Permission taken from Partner moderators: partners.view_application",
        "Permission taken from Partner moderators: wagtaildocs.choose_document in “Root”",
        "Workflow made: News review",
        "Communications editors decide in News review",
        "Workflow assigned to /home-ecca/news/: News review",
        "Workflow taken from /home-ecca/partners/: Partner moderation",
        "Workflow closed: Partner moderation",
    }
    assert wanted - set(announced) == set()
    assert run() == announced
    assert run() == ["Nothing to change."]
    assert run("--dry-run") == ["Nothing to change."]


def test_a_dry_run_names_teams_that_are_made_and_removed(news):
    index = news.get_parent().get_children().get(slug="partners").specific
    profile = factories.add_partner(index, title="Stone")
    PartnerTeam.objects.get(translation_key=profile.translation_key).group.delete()
    role_group = make_role_group(roles.PARTNER_ORGANISATION, "Gone")
    PartnerTeam.objects.create(
        translation_key=uuid4(),
        role_group=role_group,
        collection=Collection.get_first_root_node().add_child(name="Gone"),
    )
    announced = run("--dry-run")
    assert {"Team made: Partner organisation: Stone", "Team removed: Gone"} <= set(announced)
    assert sorted(run()) == sorted(announced)
    assert run() == ["Nothing to change."]


def test_the_very_first_set_up_announces_everything(site):
    Page.objects.filter(depth=2).delete()
    for model in (Group, Workflow, Site):
        model.objects.all().delete()
    Locale.objects.exclude(language_code="en").delete()
    announced = run("--dry-run")
    assert not Group.objects.exists()
    assert not HomePage.objects.exists()
    assert run() == announced
    assert run() == ["Nothing to change."]
    assert "Home page made, as a draft: /home-ecca/" in announced
