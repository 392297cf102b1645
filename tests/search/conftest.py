import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page, Site

from home.models import ContentPage, HomePage


@pytest.fixture
def make_home(db):
    """Return a function that returns the live home page of a language, made at the first call."""
    root = Page.get_first_root_node()

    def make(language_code="en"):
        locale, _created = Locale.objects.get_or_create(language_code=language_code)
        home = HomePage.objects.filter(locale=locale).first()
        if home is None:
            slug = f"home-{language_code}"
            home = root.add_child(
                instance=HomePage(title=f"ECCA {slug}", slug=slug, long_title="ECCA", locale=locale)
            )
        if language_code == "en":
            Site.objects.update(root_page=home)
            Site.clear_site_root_paths_cache()
        return home

    make("en")
    return make


@pytest.fixture
def make_page(make_home):
    """Return a function that adds a page of text below the home page of its language."""

    def make(title, text="", language_code="en", parent=None, **fields):
        parent = parent or make_home(language_code)
        page = ContentPage(title=title, introduction=text, locale=parent.locale, **fields)
        return parent.add_child(instance=page)

    return make


@pytest.fixture
def search(client, settings):
    """Return a function that searches as a visitor does and returns the response, never a kept
    one.
    """
    settings.PAGE_CACHE_SECONDS = 0

    def get(q=None, language_code="en", **parameters):
        with translation.override(language_code):
            address = reverse("search")
        return client.get(address, parameters if q is None else {"q": q, **parameters})

    return get


@pytest.fixture
def titles(search):
    """Return a function that returns the titles a visitor finds on the first page of results."""
    return lambda *args, **kwargs: [
        result.title for result in search(*args, **kwargs).context["page_obj"]
    ]
