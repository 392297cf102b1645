import pytest
from django.test import Client

from ecca_site.access import roles
from ecca_site.intake import submissions
from tests import factories


@pytest.fixture
def english(site):
    """The English directory alone, without anybody to moderate it."""
    return factories.add_partner_index(site)


@pytest.fixture
def partners(site):
    """The English directory; there is a Slovenian one, too."""
    return factories.add_both_partner_indexes()


@pytest.fixture
def quick(monkeypatch):
    """Let forms be sent as fast as tests type."""
    monkeypatch.setattr(submissions, "QUICKEST", 0)


@pytest.fixture
def moderator(directory, person):
    return person("moderator", roles.PARTNER_MODERATOR.name)


@pytest.fixture
def desk(moderator):
    """The browser of a partner moderator."""
    client = Client()
    client.force_login(moderator)
    return client
