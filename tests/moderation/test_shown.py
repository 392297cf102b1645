"""What visitors could not be shown does not go live, and whoever decides hears why."""

import datetime
import re
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from PIL import Image as PillowImage
from wagtail.models import TaskState

from ecca_site.access import roles
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import ReviewRefused
from ecca_site.uploads.images import CustomImage
from news.models import NewsPage
from tests import factories
from tests.uploads.test_broken_pictures import SMALL, break_file
from tests.uploads.test_pictures import encoded

REASON = "These pictures cannot be shown: Wall. Upload them anew or choose others."


@pytest.fixture(scope="module")
def kept_news(keep):
    return keep(factories.section, factories.add_news_index)


@pytest.fixture
def news(kept_news, site):
    return kept_news()


@pytest.fixture
def image(site):
    """A picture that was accepted and has been broken since."""
    image = factories.make_image(title="Wall", size=SMALL)
    break_file(image)
    return image


@pytest.fixture
def submitted(news, editor, image):
    """A news item with that picture, which waits for its first approval."""
    return submit(news, editor, lead_image=image)


def submit(news, editor, **fields):
    values = {
        "title": "Bricks",
        "slug": "bricks",
        "summary": "Bricks.",
        "date": "2026-05-01",
        "topic": "events",
    }
    page = news.add_child(instance=NewsPage(locale=news.locale, live=False, **values | fields))
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    return NewsPage.objects.get(pk=page.pk)


def review(client, page, action="approve"):
    state = page.current_workflow_task_state
    return client.post(f"/cms/moderation/{state.pk}/", {"action": action, "comment": "Good."})


def told_by(response):
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def is_live(page):
    return NewsPage.objects.get(pk=page.pk).live


def repair(image):
    Path(image.file.path).write_bytes(encoded(PillowImage.new("RGB", SMALL, 9), "PNG"))


def test_a_grey_scan_of_16_bits_goes_live_and_takes_nothing_down(
    news, client, editor, reviewer, django_capture_on_commit_callbacks
):
    for code in ("sl", "hu"):
        factories.home_of(code)
    client.force_login(editor)
    scan = SimpleUploadedFile(
        "scan.png", encoded(PillowImage.new("I;16", (900, 600), 40_000), "PNG")
    )
    client.post("/cms/images/add/", {"title": "Scan", "collection": 1, "file": scan})
    image = CustomImage.objects.get(title="Scan")
    page = submit(news, editor, lead_image=image)
    client.force_login(reviewer)
    with django_capture_on_commit_callbacks(execute=True):
        assert review(client, page).status_code == 302
    client.logout()
    assert is_live(page)
    shown = re.compile(rf'<img src="{re.escape(image.sizes()["format-jpeg|width-960"].url)}"')
    for language in ("en", "sl", "hu"):
        assert client.get(f"/{language}/").status_code == 200
        for address in (f"/{language}/news/", f"/{language}/news/bricks/"):
            response = client.get(address)
            assert response.status_code == 200, address
            assert shown.search(response.content.decode()), address


def test_a_reviewer_is_told_which_picture_cannot_be_shown_and_nothing_is_lost(
    submitted, image, client, reviewer, admin_user
):
    client.force_login(reviewer)
    assert (
        client.get(f"/cms/moderation/{submitted.current_workflow_task_state.pk}/").status_code
        == 200
    )
    response = review(client, submitted)
    assert response.status_code == 422
    html = response.content.decode()
    assert REASON in html
    assert "Good." in html, "what was typed stays"
    assert not is_live(submitted)
    assert submitted.current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS
    assert (
        Mail.objects.filter(user=admin_user, subject="The picture “Wall” cannot be shown").count()
        == 1
    )
    repair(image)
    assert review(client, submitted).status_code == 302
    assert is_live(submitted)


def test_the_reason_is_said_in_the_language_of_whoever_decides(submitted, client, site, person):
    from wagtail.users.models import UserProfile

    reviewer = person("reviewer-sl", roles.REVIEWER.group_name("en"))
    UserProfile.objects.update_or_create(user=reviewer, defaults={"preferred_language": "sl"})
    client.force_login(reviewer)
    assert "Teh slik ni mogoče prikazati: Wall." in review(client, submitted).content.decode()


def test_the_approval_in_the_editor_is_refused_too(submitted, client, reviewer):
    client.force_login(reviewer)
    state = submitted.current_workflow_task_state
    response = client.post(
        f"/cms/pages/workflow/action/{submitted.pk}/approve/{state.pk}/", {"comment": ""}
    )
    assert REASON in told_by(response)
    assert not is_live(submitted)


def test_a_broken_picture_hinders_no_rejection(submitted, client, reviewer):
    client.force_login(reviewer)
    assert review(client, submitted, "reject").status_code == 302


def test_who_may_not_decide_hears_nothing_of_it(submitted, person):
    from django.core.exceptions import PermissionDenied

    state = submitted.current_workflow_task_state
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, person("somebody"), "approve")


def test_a_picture_in_the_body_counts(news, editor, image, reviewer):
    figure = {
        "image": {"image": image.pk, "alt_text": "A wall", "decorative": False},
        "caption": "",
    }
    body = NewsPage._meta.get_field("body").stream_block.to_python(
        [{"type": "image", "value": figure}]
    )
    state = submit(news, editor, body=body).current_workflow_task_state
    with pytest.raises(ReviewRefused, match="Wall"):
        state.task.specific.on_action(state, reviewer, "approve")


def fail(*args):
    raise LookupError("no such brick")


@pytest.mark.parametrize(
    ("name", "broken", "reason"),
    [
        ("structured_data", fail, "LookupError: no such brick"),
        ("card", "lost", "TemplateDoesNotExist: includes/lost_card.html"),
    ],
)
def test_a_page_or_a_card_that_ends_in_an_error_is_refused(
    news, editor, client, reviewer, admin_user, monkeypatch, name, broken, reason
):
    page = submit(news, editor)
    monkeypatch.setattr(NewsPage, name, broken)
    client.force_login(reviewer)
    response = review(client, page)
    assert response.status_code == 422
    assert (
        f"Visitors would get an error in place of this page ({reason})."
        in response.content.decode()
    )
    assert not is_live(page)
    mail = Mail.objects.get(user=admin_user, subject="“Bricks” cannot be shown to visitors")
    assert reason in mail.text


def test_an_administrator_who_publishes_keeps_a_draft(news, image, admin_client):
    page = factories.add_news(news, title="Old", lead_image=None)
    data = {
        "title": "New", "slug": page.slug, "summary": "S.", "date": "2026-05-01", "topic": "events",
        "lead_image": image.pk, "lead_image_alt": "", "body-count": 0, "action-publish": "1",
        "seo_title": "",
        "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
    }  # fmt: skip
    response = admin_client.post(f"/cms/pages/{page.pk}/edit/", data)
    assert response.status_code == 302, response.context["form"].errors
    assert f"Saved as a draft, not published. {REASON}" in told_by(response)
    live = NewsPage.objects.get(pk=page.pk)
    assert (live.title, live.get_latest_revision_as_object().title) == ("Old", "New")


def test_of_many_that_are_published_at_once_none_is_if_one_cannot_be_shown(
    news, image, admin_client
):
    good, bad = factories.add_news(news, title="Good"), factories.add_news(news, title="Bad")
    for page, fields in ((good, {}), (bad, {"lead_image": image})):
        page.unpublish()
        page = NewsPage.objects.get(pk=page.pk)
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision()
    address = f"/cms/bulk/wagtailcore/page/publish/?next=/cms/&id={good.pk}&id={bad.pk}"
    response = admin_client.post(address, {"include_descendants": ""})
    assert told_by(response) == [f"Nothing was published. “Bad”: {REASON}"]
    assert not is_live(good)


def test_what_is_due_and_cannot_be_shown_goes_back_into_the_queue_and_hinders_nothing_else(
    news, editor, reviewer, admin_user, image, time_travel
):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    repair(image)
    pages = [submit(news, editor, lead_image=image, go_live_at=tomorrow)]
    pages.append(submit(news, editor, slug="other", title="Other", go_live_at=tomorrow))
    for page in pages:
        state = page.current_workflow_task_state
        state.task.specific.on_action(state, reviewer, "approve")
    break_file(image)
    image.renditions.all().delete()
    time_travel(tomorrow + datetime.timedelta(days=1))
    call_command("publish_scheduled")
    assert [is_live(page) for page in pages] == [False, True]
    waiting = NewsPage.objects.get(pk=pages[0].pk)
    assert waiting.current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS
    mails = Mail.objects.filter(subject="“Bricks” was not published")
    assert {mail.user for mail in mails} == {admin_user, editor}
    assert all(REASON in mail.text for mail in mails)
    call_command("publish_scheduled")
    assert mails.count() == 2
