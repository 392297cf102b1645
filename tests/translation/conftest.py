import pytest
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.translation.models import TranslationState
from ecca_site.translation.submission.companions import companions_of
from tests import factories


def build_news():
    index = factories.add_news_index(factories.home_of())
    for code in ("sl", "pl"):
        factories.home_of(code)
        factories.translated(index, code, title="News")
    setup_site()
    return index


@pytest.fixture(scope="module")
def kept_news(keep):
    return keep(build_news)


@pytest.fixture
def news(kept_news, site):
    """The English news list; Slovenian and Polish have a home page and a list, too."""
    return kept_news()


def build_item(news):
    return factories.add_news(
        news,
        title="Old bricks",
        slug="old-bricks",
        summary="Bricks are used again.",
        body=[("paragraph", "<p>One wall.</p><p>Two walls.</p>"), ("heading", "What next")],
    )


@pytest.fixture(scope="module")
def kept_item(kept_news, keep):
    return keep(lambda: build_item(kept_news()))


@pytest.fixture
def item(kept_item, news):
    return kept_item()


@pytest.fixture
def slovenian(site):
    return Locale.objects.get(language_code="sl")


@pytest.fixture
def translator(site, person):
    return person("translator", roles.TRANSLATOR.group_name("sl"))


@pytest.fixture
def reviewer(site, person):
    return person("reviewer", roles.REVIEWER.group_name("sl"))


def request_translation(page, code):
    """Return localize's translation of a page, with a draft page in the language."""
    source, _created = TranslationSource.get_or_create_from_instance(page)
    locale = Locale.objects.get(language_code=code)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    if not page.get_translations().filter(locale=locale).exists():
        source.create_or_update_translation(locale, publish=False, fallback=True)
    return translation


def fill(translation):
    """Translate each segment that lacks a translation: "Wall" becomes "Wall (sl)"."""
    code = translation.target_locale.language_code
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"{segment.string.data} ({code})", "created_at": timezone.now()},
        )


def fill_with_companions(translation):
    """Translate a page and what goes live with it."""
    for each in (translation, *companions_of(translation)):
        fill(each)


def hand_in(client, translation, **options):
    """Submit a translation as somebody does who leaves the questions about its texts open."""
    address = reverse("translation_submit", args=[translation.pk])
    response = client.post(address, **options)
    if response.status_code == 200 and "seen" in (response.context or {}):
        response = client.post(address, {"seen": response.context["seen"]}, **options)
    return response


def approve(instance, user):
    """Approve what waits of a page or a speaker, as far as visitors see it."""
    state = type(instance).objects.get(pk=instance.pk).current_workflow_task_state
    with TestCase.captureOnCommitCallbacks(execute=True):
        state.task.specific.on_action(state, user, "approve")


def publish_translation(page, code):
    """Translate a page with localize and publish the translation as an administrator would."""
    from ecca_site.translation.models import Submission
    from ecca_site.translation.staleness.states import last_change

    translation = request_translation(page, code)
    fill(translation)
    target = translation.source.get_ephemeral_translated_instance(translation.target_locale)
    revision = target.save_revision()
    Submission.objects.create(revision=revision, seen=last_change(page.pk))
    revision.publish()
    return type(page).objects.get(pk=target.pk)


def change(page, **values):
    """Publish a change of a page and return the page as it is then.

    ``minor`` and ``note`` say what it is.
    """
    from ecca_site.translation.models import ChangeNote

    is_minor, note = values.pop("minor", False), values.pop("note", "")
    page = type(page).objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    revision = page.save_revision()
    ChangeNote.objects.create(revision=revision, is_minor=is_minor, note=note)
    revision.publish()
    return type(page).objects.get(pk=page.pk)


def backlog(page):
    """Return what the state of a translation says: whether it is stale, segments and words."""
    state = TranslationState.objects.get(page_id=page.pk)
    return state.is_stale, state.stale_segments, state.stale_words


def take_offline(client, user, speaker, *along):
    """Take a speaker offline in the CMS, with these translations; return what the page asked."""
    client.force_login(user)
    address = reverse("wagtailsnippets_conferences_speaker:unpublish", args=[speaker.pk])
    asked = client.get(address).content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post(address, {"along": [each.pk for each in along]})
    return asked
