import pytest

from ecca_site.core import submissions
from tests import factories


@pytest.fixture(scope="module")
def kept_conferences(keep):
    return keep(factories.section, factories.add_conference_index)


@pytest.fixture
def conferences(kept_conferences, site):
    return kept_conferences()


@pytest.fixture
def slovenian(conferences):
    """The list of conferences in Slovenian."""
    factories.home_of("sl")
    return factories.translated(conferences, "sl", "Konference", slug="konference")


@pytest.fixture
def quick(monkeypatch):
    """Let forms be sent as fast as tests type."""
    monkeypatch.setattr(submissions, "QUICKEST", 0)
