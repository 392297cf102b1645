import pytest

from ecca_site.access import roles
from tests import factories


@pytest.fixture(scope="module")
def kept_partners(keep):
    return keep(factories.section, factories.add_partner_index)


@pytest.fixture
def partners(kept_partners, site):
    return kept_partners()


@pytest.fixture
def editor(site, person):
    return person("editor", roles.EDITOR.name)


@pytest.fixture
def moderator(site, person):
    return person("moderator", roles.PARTNER_MODERATOR.name)


@pytest.fixture
def profile(partners):
    return factories.add_partner(partners, title="Stone")


@pytest.fixture
def submit():
    """Return a function that saves a change as a user and submits it; returns the task state."""

    def submit(page, user, **changes):
        for name, value in (changes or {"city": "Maribor"}).items():
            setattr(page, name, value)
        page.save_revision(user=user)
        page.get_workflow().start(page, user)
        return type(page).objects.get(pk=page.pk).current_workflow_task_state

    return submit


@pytest.fixture
def time_travel(monkeypatch):
    """Return a function that sets the clock of ``django.utils.timezone``."""

    def travel(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return travel
