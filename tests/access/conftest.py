import pytest

from ecca_site.access.site_setup import setup_site
from tests import factories


@pytest.fixture
def news(site):
    index = factories.add_news_index(site)
    factories.add_partner_index(site)
    setup_site()
    return index
