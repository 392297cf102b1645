import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from ecca_site.access import roles
from ecca_site.intake import submissions
from tests import factories


@pytest.fixture
def slovenian(conferences):
    """The list of conferences in Slovenian."""
    factories.home_of("sl")
    return factories.translated(conferences, "sl", "Konference", slug="konference")


@pytest.fixture
def quick(monkeypatch):
    """Let forms be sent as fast as tests type."""
    monkeypatch.setattr(submissions, "QUICKEST", 0)


@pytest.fixture
def person(conferences):
    """Return a function that makes a user of a group."""

    def make(group_name):
        user = get_user_model().objects.create_user(group_name, "x@example.org", "x")
        user.groups.add(Group.objects.get(name=group_name))
        return user

    return make


@pytest.fixture
def manager(person):
    return person(roles.CONFERENCE_MANAGER.name)


@pytest.fixture
def cms(manager, client):
    client.force_login(manager)
    return client
