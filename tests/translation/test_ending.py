"""What waits ends with the decision that it rests on, and whoever waits for it is told."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState

from ecca_site.mail.models import Mail
from ecca_site.moderation.models import PageRequest, ask_for
from ecca_site.translation.releases.ending import open_release
from ecca_site.translation.releases.release import bind, unbind
from news.models import NewsPage
from tests import factories

from .conftest import publish_translation
from .test_releases import approve, live, locale, people, submit_source, translate  # noqa: F401

LATER = timezone.now() + datetime.timedelta(days=30)


def reload(page):
    return Page.objects.get(pk=page.pk).specific


def offline(page, **kwargs):
    reload(page).unpublish()


def delete(page, **kwargs):
    reload(page).delete()


def move(page, **kwargs):
    page = reload(page)
    home = page.get_parent().get_parent()
    other = home.add_child(
        instance=factories.NewsIndexPage(
            title="Archive", slug=f"archive-{page.pk}", locale=page.locale
        )
    )
    page.move(other, "last-child")


def another(page, **kwargs):
    page = reload(page)
    page.summary = "Something else."
    page.save_revision().publish()


ENDS = {
    "offline": (offline, "It was taken offline."),
    "deleted": (delete, "It was deleted."),
    "moved": (move, "It was moved."),
    "replaced": (another, "Another version of it was approved or published."),
}
every_end = pytest.mark.parametrize("why", ENDS)


def told(user):
    return [mail for mail in Mail.objects.filter(user=user) if mail.key.startswith("ended:")]


def check_told(user, why, times=1):
    mails = told(user)
    assert len(mails) == times
    for mail in mails:
        assert ENDS[why][1] in mail.text
    assert [entry.data["why"] for entry in PageLogEntry.objects.filter(action="moderation.ended")] \
        == [why] * times  # fmt: skip


# --- A date --------------------------------------------------------------------------------------
@every_end
def test_a_date(item, people, why):  # noqa: F811
    submit_source(item, people, summary="Later.", go_live_at=LATER)
    assert Revision.objects.get(approved_go_live_at__isnull=False).user == people["editor"]
    ENDS[why][0](item)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    check_told(people["editor"], why)


def test_a_date_that_comes_ends_nothing(item, people):  # noqa: F811
    submit_source(item, people, summary="Later.", go_live_at=LATER)
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=timezone.now() - datetime.timedelta(minutes=1)
    )
    version = Revision.objects.get(approved_go_live_at__isnull=False)
    version.content["go_live_at"] = None
    Revision.objects.filter(pk=version.pk).update(content=version.content)
    call_command("publish_scheduled")
    assert live(item)["en"] == "Later."
    assert told(people["editor"]) == []


def test_who_takes_a_date_back_tells_whoever_waits_for_it(item, people, admin_user, admin_client):  # noqa: F811
    submit_source(item, people, summary="Later.", go_live_at=LATER)
    version = Revision.objects.get(approved_go_live_at__isnull=False)
    admin_client.post(f"/cms/pages/{item.pk}/revisions/{version.pk}/unschedule/")
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    [mail] = told(people["editor"])
    assert "The approval was taken back." in mail.text


def test_another_place_in_its_list_is_no_move(item, news, people):  # noqa: F811
    factories.add_news(news, title="Another")
    submit_source(item, people, summary="Later.", go_live_at=LATER)
    reload(item).move(news, "last-child")
    assert Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert told(people["editor"]) == []


# --- A release -----------------------------------------------------------------------------------
@every_end
def test_a_source_that_is_held(item, people, why):  # noqa: F811
    publish_translation(item, "sl")
    publish_translation(item, "pl")
    bind(item, people["editor"], languages={locale("sl"): True, locale("pl"): True})
    submit_source(item, people, summary="Bricks are used twice.")
    translate(item, "sl", people)
    ENDS[why][0](item)
    before = live(item)
    assert "Bricks are used twice." not in before.values()
    assert open_release(item.pk) is None
    assert len(told(people["editor"])) == 1
    assert len(told(people["translator sl"])) == 1
    if why != "deleted":
        unbind(reload(item), people["editor"])
        assert live(item) == before
        assert "Bricks are used twice. (sl)" not in before.values()


@every_end
def test_a_language_that_is_held(item, people, why):  # noqa: F811
    slovenian = publish_translation(item, "sl")
    publish_translation(item, "pl")
    bind(item, people["editor"], languages={locale("sl"): True, locale("pl"): True})
    submit_source(item, people, summary="Bricks are used twice.")
    translate(item, "sl", people)
    ENDS[why][0](slovenian)
    check_told(people["translator sl"], why)
    assert open_release(item.pk).languages.get(locale=locale("sl")).revision is None
    before = live(item)
    unbind(reload(item), people["editor"])
    assert live(item) == before | {"en": "Bricks are used twice."}


def test_what_goes_live_together_ends_nothing(item, people):  # noqa: F811
    publish_translation(item, "sl")
    bind(item, people["editor"], languages={locale("sl"): True})
    submit_source(item, people, summary="Bricks are used twice.")
    translate(item, "sl", people)
    assert live(item) == {"en": "Bricks are used twice.", "sl": "Bricks are used twice. (sl)"}
    assert not Mail.objects.filter(key__startswith="ended:").exists()


# --- A request, a submission ---------------------------------------------------------------------
@every_end
def test_a_request(item, people, why):  # noqa: F811
    ask_for(item, PageRequest.Kind.DELETE, people["editor"], "Please.")
    ENDS[why][0](item)
    assert not WorkflowState.objects.active().exists()
    check_told(people["editor"], why)


def test_a_request_that_is_carried_out_ends_no_other_of_its_wish(item, people):  # noqa: F811
    slovenian = publish_translation(item, "sl")
    ask_for(item, PageRequest.Kind.DELETE, people["editor"], "Please.", with_translations=True)
    approve(item, people)
    assert reload(slovenian).current_workflow_state is not None
    assert told(people["editor"]) == []


def test_what_waits_below_a_page_that_goes_is_told_of_too(item, news, people, admin_client):  # noqa: F811
    page = NewsPage.objects.get(pk=item.pk)
    page.summary = "New."
    page.save_revision(user=people["editor"])
    page.get_workflow().start(page, people["editor"])
    admin_client.post(f"/cms/pages/{news.pk}/delete/")
    check_told(people["editor"], "deleted")


def test_a_submitted_version_stays_in_the_queue_when_its_page_goes_offline(item, people):  # noqa: F811
    page = NewsPage.objects.get(pk=item.pk)
    page.summary = "New."
    page.save_revision(user=people["editor"])
    page.get_workflow().start(page, people["editor"])
    offline(item)
    assert reload(item).current_workflow_state is not None
    assert told(people["editor"]) == []


def test_the_editor_says_why_until_something_waits_again(item, people, client):  # noqa: F811
    ask_for(item, PageRequest.Kind.DELETE, people["editor"], "Please.")
    client.force_login(people["editor"])
    address = f"/cms/pages/{item.pk}/edit/"
    notice = "has ended. It was taken offline."
    assert notice not in client.get(address).content.decode()
    offline(item)
    assert notice in client.get(address).content.decode()
    ask_for(reload(item), PageRequest.Kind.DELETE, people["editor"], "Please.")
    assert notice not in client.get(address).content.decode()
