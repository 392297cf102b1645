"""Administrators look after people; who may everything is for superusers to say."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from ecca_site.access import roles


@pytest.fixture
def administrator(site, client):
    user = get_user_model().objects.create_user("administrator", "a@example.org", "x")
    user.groups.add(Group.objects.get(name=roles.ADMINISTRATOR.name))
    client.force_login(user)
    return client


@pytest.fixture
def person(site):
    return get_user_model().objects.create_user(
        "person", "p@example.org", "x", first_name="A", last_name="B"
    )


@pytest.fixture
def chief(site):
    return get_user_model().objects.create_superuser(
        "chief", "c@example.org", "secret", first_name="C", last_name="D"
    )


def posted(user, **changes):
    names = ("username", "email", "first_name", "last_name")
    return {**{name: getattr(user, name) for name in names}, "is_active": "on", **changes}


def test_an_administrator_changes_people_and_their_roles(administrator, person):
    group = Group.objects.get(name=roles.EDITOR.name)
    data = posted(person, first_name="Ana", groups=[group.pk])
    administrator.post(reverse("wagtailusers_users:edit", args=[person.pk]), data)
    person.refresh_from_db()
    assert (person.first_name, [each.name for each in person.groups.all()]) == ("Ana", [group.name])


def test_an_administrator_makes_nobody_a_superuser(administrator, person):
    administrator.post(
        reverse("wagtailusers_users:edit", args=[person.pk]), posted(person, is_superuser="on")
    )
    data = {
        "username": "new", "email": "n@example.org", "first_name": "N", "last_name": "N",
        "is_superuser": "on",
        "password1": "a-long-passphrase-1", "password2": "a-long-passphrase-1",
    }  # fmt: skip
    administrator.post(reverse("wagtailusers_users:add"), data)
    assert get_user_model().objects.filter(username="new").count() == 1
    assert not get_user_model().objects.filter(is_superuser=True).exists()


def test_an_administrator_leaves_superusers_alone(administrator, chief):
    before = get_user_model().objects.filter(pk=chief.pk).values().get()
    data = posted(
        chief,
        email="mine@example.org",
        password1="a-long-passphrase-1",
        password2="a-long-passphrase-1",
    )
    administrator.post(reverse("wagtailusers_users:edit", args=[chief.pk]), data)
    bulk = reverse("wagtail_bulk_action", args=["users", "user", "set_active_state"])
    administrator.post(f"{bulk}?id={chief.pk}", {"mark_as_active": "False"})
    administrator.post(reverse("wagtailusers_users:delete", args=[chief.pk]))
    assert get_user_model().objects.filter(pk=chief.pk).values().get() == before


def test_a_superuser_makes_another_one(client, chief, person):
    client.force_login(chief)
    client.post(
        reverse("wagtailusers_users:edit", args=[person.pk]), posted(person, is_superuser="on")
    )
    person.refresh_from_db()
    assert person.is_superuser
