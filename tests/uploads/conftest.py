import pytest

from ecca_site.access import roles


@pytest.fixture
def editor(site, person, client):
    """The browser of an editor."""
    client.force_login(person("editor", roles.EDITOR.name))
    return client
