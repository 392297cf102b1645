"""An approval is taken back at the moment when the last language of its release is approved."""

import pytest

from ecca_site.moderation.ledger.verify import problems
from ecca_site.moderation.revoking import approved_and_waiting
from ecca_site.translation.releases.release import bind
from news.models import NewsPage
from tests import factories
from tests.races import MARKS, ROUNDS, at_once, signed_in

from .conftest import publish_translation
from .test_releases import locale, people, submit_source, translate  # noqa: F401

pytestmark = MARKS


@pytest.mark.parametrize("rounds", ROUNDS)
def test_the_last_language_is_approved_at_the_same_moment(news, people, rounds):  # noqa: F811
    first, second = signed_in(people["reviewer sl"]), signed_in(people["reviewer pl"])
    for number in range(rounds):
        news.refresh_from_db()
        page = factories.add_news(news, title=f"Bricks {number}", slug=f"bricks-{number}")
        for code in ("sl", "pl"):
            publish_translation(page, code)
        bind(page, people["editor"], languages={locale("sl"): True, locale("pl"): True})
        submit_source(page, people, summary="New.")
        translate(page, "sl", people)
        polish = translate(page, "pl", people, is_approved=False)
        slovenian = page.get_translation(locale("sl"))
        held = approved_and_waiting().get(revision__object_id=str(slovenian.pk))
        last = NewsPage.objects.get(pk=polish.pk).current_workflow_task_state
        answers = at_once(
            lambda pk=held.pk: first.post(f"/cms/moderation/{pk}/revoke/", {"comment": "Wrong."}),
            lambda pk=last.pk: second.post(f"/cms/moderation/{pk}/", {"action": "approve"}),
        )
        statuses = [answer.status_code for answer in answers]
        assert max(statuses) < 500, statuses
        held.refresh_from_db()
        is_revoked = held.status == "rejected"
        live = NewsPage.objects.get(translation_key=page.translation_key, locale=locale("sl"))
        assert (live.live_revision_id == held.revision_id) != is_revoked, statuses
        assert (NewsPage.objects.get(pk=page.pk).summary == "New.") != is_revoked, statuses
        assert list(problems()) == []
