import pytest
from django.core.files.base import ContentFile

from ecca_site.access import roles
from ecca_site.moderation.models import GuestLink
from ecca_site.uploads.models import CustomDocument
from tests import factories
from tests.conferences.programmes import add_speaker


@pytest.fixture
def partners(directory):
    return directory


@pytest.fixture
def speaker(conferences):
    return add_speaker("Ana Novak", role="Director", organisation="Cluster")


@pytest.fixture
def editor(site, person):
    return person("editor", roles.EDITOR.name)


@pytest.fixture
def moderator(site, person):
    return person("moderator", roles.PARTNER_MODERATOR.name)


@pytest.fixture
def manager(conferences, person):
    return person("manager", roles.CONFERENCE_MANAGER.name)


@pytest.fixture
def reviewer(site, person):
    return person("reviewer", roles.REVIEWER.group_name("en"))


@pytest.fixture
def profile(partners):
    return factories.add_partner(partners, title="Stone")


@pytest.fixture
def logo(db):
    return factories.make_image("Mark", size=(60, 40))


@pytest.fixture
def document(db):
    return CustomDocument.objects.create(
        title="Statutes", file=ContentFile(b"%PDF-1.7\n", "statutes.pdf")
    )


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


@pytest.fixture
def link(state, client, moderator):
    """Return an address for a guest of the test module's ``state``."""
    client.force_login(moderator)
    client.post(f"/cms/moderation/{state.pk}/guests/")
    client.logout()
    return GuestLink.objects.get()
