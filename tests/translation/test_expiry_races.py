"""The time of an original is over at the moment when somebody acts on a translation of it."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.moderation.ledger.verify import problems
from ecca_site.moderation.models import PageRequest
from ecca_site.translation.models import ExpiryAlong
from news.models import NewsPage
from tests import factories
from tests.races import MARKS, ROUNDS, at_once, signed_in
from tests.translation.conftest import publish_translation

pytestmark = MARKS


@pytest.fixture
def news(site):
    index = factories.add_news_index(factories.home_of())
    factories.home_of("sl")
    factories.translated(index, "sl", title="News")
    setup_site()
    return index


@pytest.fixture
def over(news, admin_user):
    """Return a function that makes a page whose time is over, and its translation."""

    def make(number, user=admin_user):
        news.refresh_from_db()
        page = factories.add_news(news, title=f"Bricks {number}", slug=f"bricks-{number}")
        slovenian = publish_translation(page, "sl")
        page = NewsPage.objects.get(pk=page.pk)
        page.expire_at = timezone.now() - datetime.timedelta(minutes=1)
        revision = page.save_revision()
        Page.objects.filter(pk=page.pk).update(
            expire_at=page.expire_at, live_revision=revision, latest_revision=revision
        )
        ExpiryAlong.objects.create(
            revision=revision, page_id=slovenian.pk, user=user, expire_at=page.expire_at
        )
        return page, NewsPage.objects.get(pk=slovenian.pk)

    return make


def is_live(page):
    return Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("rounds", ROUNDS)
def test_its_translation_is_decided_on_at_the_same_moment(over, person, rounds):
    translator = person("translator", roles.TRANSLATOR.group_name("sl"))
    reviewer = person("reviewer", roles.REVIEWER.group_name("sl"))
    for number in range(rounds):
        page, slovenian = over(number)
        slovenian.summary = "Later"
        slovenian.save_revision(user=translator)
        slovenian.get_workflow().start(slovenian, translator)
        state = NewsPage.objects.get(pk=slovenian.pk).current_workflow_task_state
        task = state.task.specific
        results = at_once(
            lambda: call_command("publish_scheduled"),
            lambda state=state, task=task: task.on_action(state, reviewer, "approve"),
        )
        assert results == [None, None]
        assert not is_live(page)
        assert list(problems()) == []


@pytest.mark.parametrize("rounds", ROUNDS)
def test_both_are_taken_offline_by_somebody_at_the_same_moment(over, admin_user, rounds):
    for number in range(rounds):
        page, slovenian = over(number)
        client = signed_in(admin_user)
        results = at_once(
            lambda: call_command("publish_scheduled"),
            lambda client=client, page=page: client.post(f"/cms/pages/{page.pk}/unpublish/"),
        )
        assert results[0] is None
        assert results[1].status_code in (302, 409)
        assert (is_live(page), is_live(slovenian)) == (False, False)
        assert list(problems()) == []


@pytest.mark.parametrize("rounds", ROUNDS)
def test_it_comes_to_two_workers_at_once(over, person, rounds):
    editor = person("editor", roles.EDITOR.name)
    for number in range(rounds):
        page, slovenian = over(number, editor)
        results = at_once(*[lambda: call_command("publish_scheduled")] * 2)
        assert results == [None, None]
        assert (is_live(page), is_live(slovenian)) == (False, True)
        assert PageRequest.objects.count() == number + 1
