import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from tests import factories

BODY = [
    {"type": "paragraph", "id": "5f0ae54a-0001-4000-8000-000000000001", "value": (
        '<p>Bricks live <b>twice</b>, as <a href="https://bricks.example/">others</a> '
        'say &amp; show.</p>'
    )},
    {"type": "heading", "id": "5f0ae54a-0001-4000-8000-000000000002", "value": "Why reuse"},
    {"type": "call_to_action", "id": "5f0ae54a-0001-4000-8000-000000000003", "value": {
        "title": "Join", "text": "", "label": "Apply", "page": None, "url": "https://join.example/",
    }},
]  # fmt: skip
RICH = 'Bricks live <b>twice</b>, as <a id="a1">others</a> say &amp; show.'


def build_article():
    home, picture = factories.home_of(), factories.make_image()
    return factories.add_content(
        home, title="Bricks", introduction="One\nTwo", body=BODY, lead_image=picture
    )


@pytest.fixture(scope="module")
def kept_article(keep):
    return keep(build_article)


@pytest.fixture
def article(kept_article, site):
    """A live English page with texts of every kind, a picture and a link that may be overridden."""
    return kept_article()


def begin_translation(page, language_code):
    factories.home_of(language_code)
    setup_site()
    locale = Locale.objects.get(language_code=language_code)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    source.create_or_update_translation(
        locale, publish=False, fallback=True, copy_parent_pages=True
    )
    return translation


@pytest.fixture
def translate(site):
    """Return a function that begins the translation of a page, as a draft without a translated
    text.
    """
    return begin_translation


@pytest.fixture(scope="module")
def kept_slovenian(kept_article, keep):
    return keep(lambda: begin_translation(kept_article(), "sl"))


@pytest.fixture
def slovenian(kept_slovenian, article):
    return kept_slovenian()


@pytest.fixture
def polish(article, translate):
    return translate(article, "pl")


@pytest.fixture
def translator(slovenian, person):
    """A translator into Slovenian."""
    return person("translator", roles.TRANSLATOR.group_name("sl"))


def segment_of(translation, text):
    """Return the segment of a source text."""
    return StringSegment.objects.select_related("string", "context").get(
        source=translation.source, string__data=text
    )
