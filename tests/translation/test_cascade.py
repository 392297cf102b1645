"""What is withdrawn in the original stays online in no language unseen."""

import datetime
import re
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page

from conferences.models import ConferencePage
from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.translation.models import TranslationState
from ecca_site.translation.submission.requests import request_translation
from ecca_site.translation.submission.submit import submit
from tests import factories
from tests.translation.conftest import change, fill, publish_translation

DELETED = "deleted"


@pytest.fixture
def languages(item):
    """The item in Slovenian and Polish, live."""
    return {code: publish_translation(item, code) for code in ("sl", "pl")}


def state(page):
    """Return whether a page is live and whether it counts as orphaned."""
    found = Page.objects.filter(pk=page.pk).first()
    if found is None:
        return DELETED
    return found.live, TranslationState.objects.get(page_id=page.pk).orphaned_since is not None


def states(languages):
    return {code: state(page) for code, page in languages.items()}


# --- Asked ---------------------------------------------------------------------------------------
def test_taking_the_original_offline_asks_about_the_translations_and_takes_them_along(
    item, languages, admin_client
):
    address = f"/cms/pages/{item.pk}/unpublish/"
    assert "2 translations go along:" in admin_client.get(address).content.decode()
    admin_client.post(address)
    assert states(languages) == {"sl": (False, True), "pl": (False, True)}
    assert all(admin_client.get(page.get_url()).status_code == 404 for page in languages.values())
    assert admin_client.get(item.get_url()).status_code == 404


def test_taking_a_translation_offline_touches_nothing_else(item, languages, admin_client):
    address = f"/cms/pages/{languages['sl'].pk}/unpublish/"
    assert "go along" not in admin_client.get(address).content.decode()
    admin_client.post(address)
    assert states(languages) == {"sl": (False, False), "pl": (True, False)}
    assert Page.objects.get(pk=item.pk).live


def test_deleting_the_original_deletes_its_translations(item, languages, admin_client):
    address = f"/cms/pages/{item.pk}/delete/"
    assert "2 translations go along:" in admin_client.get(address).content.decode()
    admin_client.post(address)
    assert states(languages) == {"sl": DELETED, "pl": DELETED}


def test_a_translation_that_stands_elsewhere_is_marked_when_its_original_is_deleted(
    item, languages, admin_client
):
    elsewhere = factories.home_of("sl")
    Page.objects.get(pk=languages["sl"].pk).move(elsewhere, "last-child")
    admin_client.post(f"/cms/pages/{item.pk}/delete/")
    assert states(languages) == {"sl": (True, True), "pl": DELETED}
    board = admin_client.get("/cms/translations/?language=sl&state=orphaned")
    assert [row.page.title for row in board.context["object_list"]] == [languages["sl"].title]


def test_a_section_takes_what_stands_below_it_along(site, admin_client):
    factories.home_of("sl")
    setup_site()
    top = factories.add_content(site, title="Top")
    below = factories.add_content(top, title="Below")
    pages = {"top": publish_translation(top, "sl"), "below": publish_translation(below, "sl")}
    admin_client.post(f"/cms/pages/{top.pk}/unpublish/", {"include_descendants": "on"})
    assert states(pages) == {"top": (False, True), "below": (False, True)}
    assert not Page.objects.get(pk=below.pk).live


@pytest.fixture
def sections(site):
    factories.home_of("sl")
    factories.home_of("pl")
    old, new = factories.add_content(site, title="Old"), factories.add_content(site, title="New")
    for section, codes in ((old, ("sl", "pl")), (new, ("sl",))):
        for code in codes:
            factories.translated(section, code)
    page = factories.add_content(old, title="Page")
    return page, new, {code: factories.translated(page, code) for code in ("sl", "pl")}


def test_moving_the_original_moves_its_translations_where_their_new_place_exists(
    sections, admin_client
):
    page, new, languages = sections
    address = f"/cms/pages/{page.pk}/move/{new.pk}/confirm/"
    asked = admin_client.get(address).content.decode()
    assert "1 translation goes along:" in asked
    assert "1 translation stays as it is:" in asked
    html = admin_client.post(address, follow=True).content.decode()
    parents = {
        code: Page.objects.get(pk=found.pk).get_parent().title for code, found in languages.items()
    }
    assert parents == {"sl": "New sl", "pl": "Old pl"}
    assert "stays where it is in these languages, which lack its new place: Polski." in html


def test_moving_a_translation_moves_it_alone(sections, admin_client):
    page, new, languages = sections
    target = new.get_translation(Locale.objects.get(language_code="sl"))
    admin_client.post(f"/cms/pages/{languages['sl'].pk}/move/{target.pk}/confirm/")
    assert Page.objects.get(pk=languages["sl"].pk).get_parent().title == "New sl"
    assert Page.objects.get(pk=page.pk).get_parent().title == "Old"


@pytest.mark.parametrize(("action", "wanted"), [("unpublish", (False, True)), ("delete", DELETED)])
def test_several_pages_at_once_take_their_translations_along(
    item, languages, admin_client, action, wanted
):
    address = f"/cms/bulk/wagtailcore/page/{action}/?id={item.pk}&next=/cms/"
    assert "2 translations go along:" in admin_client.get(address).content.decode()
    admin_client.post(address, {"include_descendants": ""})
    assert states(languages) == {"sl": wanted, "pl": wanted}


def test_several_pages_move_with_their_translations(sections, admin_client):
    page, new, languages = sections
    address = f"/cms/bulk/wagtailcore/page/move/?id={page.pk}&next=/cms/"
    admin_client.post(address, {"chooser": new.pk, "move_applicable": "on"})
    parents = {
        code: Page.objects.get(pk=found.pk).get_parent().title for code, found in languages.items()
    }
    assert parents == {"sl": "New sl", "pl": "Old pl"}


# --- Named ---------------------------------------------------------------------------------------
def form_of(html):
    """Return the address and the hidden fields of the form of a question."""
    form = re.search(r'<form action="([^"]+)" method="post">.*?</form>', html, re.S | re.I)
    sent = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    fields = {}
    for name, value in sent:
        fields.setdefault(name, []).append(value)
    return unescape(form[1]), fields


@pytest.mark.parametrize(
    "question",
    ["/cms/pages/{}/unpublish/", "/cms/bulk/wagtailcore/page/unpublish/?id={}"],
)
def test_offline_goes_what_the_form_has_named(item, admin_client, question):
    languages = {"sl": publish_translation(item, "sl")}
    address, fields = form_of(admin_client.get(question.format(item.pk)).content.decode())
    languages["pl"] = publish_translation(item, "pl")
    admin_client.post(address, fields)
    assert states(languages) == {"sl": (False, True), "pl": (True, True)}


@pytest.mark.parametrize(
    "question", ["/cms/pages/{}/delete/", "/cms/bulk/wagtailcore/page/delete/?id={}"]
)
def test_deleted_is_what_the_form_has_named(item, admin_client, question):
    languages = {"sl": publish_translation(item, "sl")}
    address, fields = form_of(admin_client.get(question.format(item.pk)).content.decode())
    languages["pl"] = publish_translation(item, "pl")
    admin_client.post(address, fields)
    assert states(languages) == {"sl": DELETED, "pl": (True, True)}


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("address", ["/cms/pages/{}/delete/", "/cms/bulk/{}"])
def test_whoever_may_not_take_pages_offline_deletes_no_draft_with_live_translations(
    news, person, client, address, below
):
    top = factories.add_content(factories.home_of(), title="Top")
    original = factories.add_content(top, title="Below") if below else top
    if below:
        factories.translated(top, "sl")
    shown = publish_translation(original, "sl")
    Page.objects.filter(pk__in=[top.pk, original.pk]).update(live=False)
    editor = person("editor", roles.EDITOR.name)
    GroupPagePermission.objects.create(
        group=editor.groups.get(),
        page=top,
        permission=Permission.objects.get(codename="bulk_delete_page"),
    )
    client.force_login(editor)
    bulk = f"wagtailcore/page/delete/?id={top.pk}&next=/cms/"
    answer = client.post(address.format(bulk if "bulk" in address else top.pk), follow=True)
    assert "visitors see translations of “Top”" in answer.content.decode()
    assert Page.objects.filter(pk__in=[top.pk, original.pk, shown.pk]).count() == 2 + below


# --- Not asked -----------------------------------------------------------------------------------
def test_when_the_time_of_the_original_is_over_its_translations_stay(item, languages):
    Page.objects.filter(pk=item.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    call_command("publish_scheduled")
    assert not Page.objects.get(pk=item.pk).live
    assert states(languages) == {"sl": (True, True), "pl": (True, True)}


def test_by_any_other_way_a_translation_that_stays_online_is_marked(item, languages, admin_client):
    item.unpublish()
    assert states(languages) == {"sl": (True, True), "pl": (True, True)}
    board = admin_client.get("/cms/translations/?state=orphaned")
    assert [row.page.title for row in board.context["object_list"]] == ["Old bricks"]
    change(item)
    assert states(languages) == {"sl": (True, False), "pl": (True, False)}


# --- Cancelled -----------------------------------------------------------------------------------
@pytest.fixture
def conference(site):
    index = factories.add_both_conference_indexes()
    return factories.add_conference(index, title="Bricks", status="confirmed")


def facts(page):
    found = ConferencePage.objects.get(pk=page.pk)
    return found.status, found.end_at.day, found.title


def test_a_cancelled_conference_is_cancelled_in_every_language_at_once(conference, client):
    slovenian = publish_translation(conference, "sl")
    assert facts(slovenian) == ("confirmed", 11, "Bricks (sl)")
    change(conference, status="cancelled", title="Bricks, cancelled")
    assert facts(slovenian) == ("cancelled", 11, "Bricks (sl)"), "no text goes live by this"
    assert "tag cancelled" in client.get(slovenian.get_url()).content.decode()


@pytest.mark.parametrize("day", [10, 12])
def test_an_earlier_day_reaches_every_language_as_a_later_one_does(conference, day):
    slovenian = publish_translation(conference, "sl")
    change(conference, end_at=conference.end_at.replace(day=day))
    assert facts(slovenian) == ("confirmed", day, "Bricks (sl)")


def test_facts_alone_leave_nothing_to_translate(conference):
    slovenian = publish_translation(conference, "sl")
    change(conference, status="cancelled")
    assert not TranslationState.objects.get(page=slovenian).is_stale
    change(conference, summary="It does not take place.")
    assert TranslationState.objects.get(page=slovenian).is_stale


def test_approving_an_older_version_takes_no_fact_back(conference, admin_user):
    slovenian = publish_translation(conference, "sl")
    conference = change(conference, title="Old bricks")
    translation = request_translation(conference, Locale.objects.get(language_code="sl"))
    fill(translation)
    submit(translation, admin_user)
    change(conference, status="cancelled")
    assert facts(slovenian) == ("cancelled", 11, "Bricks (sl)")
    page = ConferencePage.objects.get(pk=slovenian.pk)
    assert page.get_latest_revision_as_object().status == "cancelled"
    page.current_workflow_task_state.revision.publish()
    assert facts(slovenian) == ("cancelled", 11, "Old bricks (sl)")


def test_a_version_made_before_is_published_with_the_facts_of_now(conference):
    slovenian = publish_translation(conference, "sl")
    old = slovenian.live_revision
    slovenian.save_revision().publish()
    change(conference, status="cancelled")
    old.refresh_from_db()
    assert old.content["status"] == "confirmed"
    old.publish()
    assert facts(slovenian)[0] == "cancelled"


def test_a_draft_of_the_original_changes_no_translation(conference):
    slovenian = publish_translation(conference, "sl")
    conference.status = "cancelled"
    conference.save_revision()
    assert facts(slovenian)[0] == "confirmed"


def test_the_history_says_which_facts_were_taken_over(conference):
    from wagtail.models import PageLogEntry

    slovenian = publish_translation(conference, "sl")
    change(conference, status="postponed")
    [entry] = PageLogEntry.objects.filter(page=slovenian.pk, action="translation.share")
    assert entry.data == {"fields": ["status"]}
