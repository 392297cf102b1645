import pytest

from tests import factories


@pytest.fixture(scope="module")
def kept_news(keep):
    return keep(lambda: factories.add_news_index(factories.home_of()))


@pytest.fixture
def news(kept_news, site):
    """The English list of news."""
    return kept_news()


@pytest.fixture
def slovenian(news):
    """The Slovenian list of news."""
    factories.home_of("sl")
    return factories.translated(news, "sl", "Novice", slug="novice")
