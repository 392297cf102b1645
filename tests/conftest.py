import gc

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.utils import translation

from ecca_site.access.site_setup import setup_site
from ecca_site.i18n.catalogues import compile_catalogues
from ecca_site.i18n.originals import first_language

pytest_plugins = ["tests.database", "tests.keeping", "tests.left_out", "tests.lock_order"]

# What takes long begins first, so that at the end no process waits for another.
LONG = (
    "tests/moderation/test_matrix.py",
    "tests/demo/test_demo.py",
    "tests/moderation/test_random_histories.py",
)


def pytest_addoption(parser):
    parser.addoption("--write-docs", action="store_true", help="write docs/ways.md: `make docs`")


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # once, before the processes of pytest-xdist begin
        compile_catalogues()


def pytest_collection_finish():
    """The collector would look through the whole of Wagtail again and again.

    A tenth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with what takes long, and leave the browser for the end.

    While a browser's event loop runs in this thread, Django opens other connections.
    """

    def place(item):
        path = item.nodeid.partition("::")[0]
        return "e2e" in item.keywords, LONG.index(path) if path in LONG else len(LONG)

    items.sort(key=place)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test begins with the site as ``setup_site`` makes it, and with a live English home
    page.
    """
    from home.models import HomePage
    from tests.database import BEGINNING

    with django_db_blocker.unblock():
        setup_site()
        home = HomePage.objects.get()
        home.funding_statement = "Co-funded by the COSME programme"
        home.save_revision().publish()
        BEGINNING.keep(django_db_blocker)


@pytest.fixture(autouse=True)
def _same_language_and_empty_cache():
    """No test inherits the language or the cache of another, nor what it remembers."""
    cache.clear()
    first_language.cache_clear()
    with translation.override("en"):
        yield


@pytest.fixture
def site(db):
    """The live English home page."""
    from home.models import HomePage

    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture(scope="module")
def kept_conferences(keep):
    from tests import factories

    return keep(factories.section, factories.add_conference_index)


@pytest.fixture
def conferences(kept_conferences, site):
    """The English list of conferences, with its groups and its workflow."""
    return kept_conferences()


@pytest.fixture(scope="module")
def kept_directory(keep):
    from tests import factories

    return keep(factories.section, factories.add_partner_index)


@pytest.fixture
def directory(kept_directory, site):
    """The English directory, which partner moderators moderate."""
    return kept_directory()


@pytest.fixture
def without_limits(settings):
    """Let one visitor send forms as often as a test likes."""
    kinds = settings.FORM_LIMITS
    settings.FORM_LIMITS = {kind: {"network": None, "mailbox": None} for kind in kinds}


@pytest.fixture
def sink():
    """A mail server of the test's own."""
    from tests.mail.sink import Sink

    sink = Sink()
    yield sink
    sink.close()


@pytest.fixture
def person(db):
    """Return a function that makes a user of some groups."""

    def make(name, *group_names):
        user = get_user_model().objects.create_user(name, f"{name}@example.org", "x")
        user.groups.set(Group.objects.filter(name__in=group_names))
        assert user.groups.count() == len(group_names)
        return user

    return make
