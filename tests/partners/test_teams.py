"""The teams of partner organisations: their groups by any name, made once, made anew, given up."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Collection, GroupPagePermission

from ecca_site.access import gate, roles
from ecca_site.access.models import Grant, RoleGroup
from ecca_site.access.site_setup import setup_site
from ecca_site.mail.models import Mail
from partners.applications import flow
from partners.applications.links import address_of_invitation
from partners.models import PartnerPage, PartnerTeam
from partners.teams import setup_partner
from tests import factories


def team_of(profile):
    return PartnerTeam.objects.get(translation_key=profile.translation_key)


def rename(team, name):
    Group.objects.filter(pk=team.group.pk).update(name=name)


def member(team, name="ana"):
    user = get_user_model().objects.create_user(name, f"{name}@stone.example", "x")
    user.groups.add(team.group)
    return user


@pytest.fixture
def stone(directory):
    return factories.add_partner(directory, title="Stone")


def test_two_organisations_of_one_name_have_a_team_each(directory, stone):
    other = factories.add_partner(directory, title="Stone")
    names = [team_of(profile).group.name for profile in (stone, other)]
    assert names == ["Partner organisation: Stone", "Partner organisation: Stone 2"]
    held = GroupPagePermission.objects.filter(group=team_of(other).group)
    assert [permission.page_id for permission in held] == [other.pk]
    assert team_of(stone).collection != team_of(other).collection


def test_two_very_long_names_that_begin_alike_have_a_team_each(directory):
    first, second = (
        factories.add_partner(directory, title="S" * 200, slug=f"s{number}") for number in range(2)
    )
    assert len(team_of(second).group.name) == 150
    assert team_of(first).group != team_of(second).group


def test_a_renamed_group_gets_the_next_language_too(stone, directory):
    rename(team_of(stone), "The stone people")
    factories.home_of("sl")
    factories.translated(directory, "sl")
    translation = factories.translated(stone, "sl")
    held = GroupPagePermission.objects.filter(group__name="The stone people")
    assert sorted(permission.page_id for permission in held) == [stone.pk, translation.pk]
    assert PartnerTeam.objects.count() == 1
    assert setup_site() == []
    assert team_of(stone).group.name == "The stone people"


def test_mail_and_screen_name_the_organisation_not_the_group(stone, client):
    team = team_of(stone)
    rename(team, "Colleagues of ours")
    flow.invite(team, "new@stone.example", "en")
    mail = Mail.objects.get(address="new@stone.example")
    assert "Stone" in mail.text
    assert "Colleagues of ours" not in mail.text
    client.force_login(member(team))
    text = client.get(reverse("partner_invitations")).content.decode()
    assert "Stone" in text
    assert "Colleagues of ours" not in text


def test_an_organisation_is_named_in_the_language_asked_for_or_the_first(stone, directory):
    factories.home_of("sl")
    factories.translated(directory, "sl")
    translation = factories.translated(stone, "sl")
    PartnerPage.objects.filter(pk=translation.pk).update(title="Kamen")
    named = [PartnerTeam.objects.named(code).get().organisation for code in ("sl", "en", "pl")]
    assert named == ["Kamen", "Stone", "Stone"]


def test_a_group_that_was_deleted_is_made_anew_with_the_same_files(stone, admin_client):
    team = team_of(stone)
    files = team.collection
    assert admin_client.post(f"/cms/groups/delete/{team.group.pk}/").status_code == 302
    lost = team_of(stone)
    assert (lost.group, lost.collection) == (None, files)
    assert list(lost.people) == []
    assert f"Team made: {roles.PARTNER_ORGANISATION.group_name('Stone')}" in setup_site()
    found = team_of(stone)
    assert (found.pk, found.collection) == (team.pk, files)
    held = GroupPagePermission.objects.filter(group=found.group)
    assert [permission.page_id for permission in held] == [stone.pk]


def test_nobody_comes_into_a_team_that_has_lost_its_group(stone, client):
    team = team_of(stone)
    flow.invite(team, "new@stone.example", "en")
    address = address_of_invitation(team.invitations.get())
    assert client.get(address).status_code == 200
    team.group.delete()
    assert client.get(address).status_code == 410
    setup_site()
    assert client.get(address).status_code == 200


def test_people_of_a_profile_that_is_gone_have_no_role_and_find_it_again(stone, directory):
    team = team_of(stone)
    rename(team, "The stone people")
    user = member(team)
    stone.delete()
    closed = PartnerTeam.objects.get(pk=team.pk)
    assert closed.role_group.is_retired is True
    assert not Grant.objects.filter(role_group=closed.role_group).exists()
    assert gate.areas_of(user) == set()
    assert setup_site() == []
    again = factories.add_partner(directory, title="Stone", translation_key=team.translation_key)
    user = get_user_model().objects.get(pk=user.pk)
    assert gate.areas_of(user) == set(roles.PARTNER_ORGANISATION.areas)
    held = GroupPagePermission.objects.filter(group__name="The stone people")
    assert [permission.page_id for permission in held] == [again.pk]


def test_what_people_gave_a_team_stays(stone):
    group = team_of(stone).group
    group.permissions.add(Permission.objects.get(codename="delete_user"))
    assert setup_site() == []
    stone.delete()
    assert [each.codename for each in group.permissions.all()] == ["delete_user"]
    assert PartnerTeam.objects.filter(role_group__group=group).exists()


def test_a_profile_of_a_team_that_is_there_makes_none(stone):
    before = Group.objects.count(), Collection.objects.count(), RoleGroup.objects.count()
    setup_partner(stone.translation_key)
    assert before == (
        Group.objects.count(),
        Collection.objects.count(),
        RoleGroup.objects.count(),
    )
