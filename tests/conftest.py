import pytest
from django.core.cache import cache
from django.utils import translation

from home.site_setup import setup_site


@pytest.fixture(autouse=True)
def _same_language_and_empty_cache():
    """No test inherits the language or the cache of another."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def site(db):
    """The site as ``setup_site`` makes it, with a live English home page."""
    from home.models import HomePage

    setup_site()
    home = HomePage.objects.get()
    home.funding_statement = "Co-funded by the COSME programme"
    home.save_revision().publish()
    return home
