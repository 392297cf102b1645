"""What mails and screens say of cases that are neither new nor simple."""

import pytest
from django.urls import reverse

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import Claim, ReviewTask, withdraw
from news.models import NewsPage
from partners.models import PartnerPage
from tests import factories


def mails_of(user):
    return list(Mail.objects.filter(user=user).order_by("pk"))


def test_what_was_withdrawn_is_not_due(profile, editor, moderator, submit):
    state = submit(profile, editor)
    Claim.objects.create(task_state=state, user=moderator)
    withdraw(state, editor)
    submitted, withdrawn = mails_of(moderator)
    assert "Due" in submitted.text
    assert withdrawn.subject.endswith("withdrawn")
    assert "Due" not in withdrawn.text


def test_a_page_that_comes_online_again_is_not_called_new(
    profile, editor, moderator, submit, client
):
    profile.unpublish()
    state = submit(PartnerPage.objects.get(), editor)
    [mail] = mails_of(moderator)
    assert "What changes: online again" in mail.text
    assert "new page" not in mail.text
    client.force_login(moderator)
    html = client.get(reverse("moderation_review", args=[state.pk])).content.decode()
    assert "Submitted, offline at present" in html
    assert "The new page" not in html


def test_a_page_that_was_never_live_is_new(profile, editor, moderator, submit, client):
    PartnerPage.objects.update(live=False, first_published_at=None, live_revision=None)
    state = submit(PartnerPage.objects.get(), editor)
    [mail] = mails_of(moderator)
    assert "What changes: new page" in mail.text
    client.force_login(moderator)
    html = client.get(reverse("moderation_review", args=[state.pk])).content.decode()
    assert "The new page" in html


# --- Nobody who decides --------------------------------------------------------------------------
@pytest.fixture
def news_item(site):
    index = factories.add_news_index(site)
    setup_site()
    return factories.add_news(index, title="Bricks")


def test_administrators_are_told_at_once_where_a_language_has_no_reviewers(
    news_item, editor, admin_user, submit
):
    submit(news_item, editor, summary="New.")
    [mail] = mails_of(admin_user)
    assert mail.subject == "[English · news item] Bricks: waits, and has no reviewer"
    assert "Nobody but administrators can decide on this." in mail.text
    assert f"/cms/moderation/{NewsPage.objects.get().current_workflow_task_state.pk}/" in mail.text


def test_administrators_are_left_alone_where_there_is_a_reviewer(
    news_item, editor, admin_user, person, submit
):
    reviewer = person("reviewer", roles.REVIEWER.group_name("en"))
    submit(news_item, editor, summary="New.")
    assert len(mails_of(reviewer)) == 1
    assert mails_of(admin_user) == []


def test_a_reviewer_who_wrote_it_does_not_count(news_item, admin_user, person, submit):
    both = person("both", roles.EDITOR.name, roles.REVIEWER.group_name("en"))
    submit(news_item, both, summary="New.")
    assert ReviewTask.objects.exists()
    assert len(mails_of(admin_user)) == 1


# --- A list that is out of date ------------------------------------------------------------------
def test_nothing_is_done_to_what_one_may_not_delete_any_more_and_that_is_said(
    news_item, editor, client
):
    NewsPage.objects.update(live=False, owner=editor)
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    address = f"{address}?id={news_item.pk}&next=/cms/"
    assert "Bricks" in client.get(address).content.decode()
    NewsPage.objects.update(live=True)  # somebody else has published it
    html = client.post(address, {}, follow=True).content.decode()
    assert "Nothing was changed: what you chose is gone by now" in html
    assert "have been deleted" not in html
    assert NewsPage.objects.exists()


# --- What a picture is called --------------------------------------------------------------------
def test_the_title_of_a_picture_is_read_by_nobody_outside(profile, client):
    """It may be changed while a version with the picture is reviewed, and no seal holds it."""
    profile.logo = factories.make_image("A title for editors")
    profile.save_revision().publish()
    for path in (profile.get_url(), f"/api/v2/pages/{profile.pk}/?fields=*", "/en/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "A title for editors" not in answer.content.decode()
