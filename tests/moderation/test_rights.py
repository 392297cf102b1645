"""A right is asked for every page that an act touches, of whoever asks and of whoever decides."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from wagtail.models import GroupPagePermission, Page, Site, Workflow, WorkflowPage, WorkflowTask

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import (
    Act,
    PageRequest,
    ReviewRefused,
    ReviewTask,
    ask_for,
    may,
    withdraw,
)
from ecca_site.users.models import User
from home.models import ContentPage, HomePage
from tests import factories

LANGUAGES = ("en", "sl", "pl")


def build():
    """Build a page with one below it, live in three languages, and people of each."""
    home = factories.home_of()
    about = factories.add_content(home, title="About")
    history = factories.add_content(about, title="History")
    other = factories.add_content(home, title="Other")
    for code in ("sl", "pl"):
        factories.home_of(code)
        for page in (about, history, other):
            factories.translated(page, code)
    setup_site()
    return home


@pytest.fixture(scope="module")
def kept_pages(keep):
    return keep(build)


@pytest.fixture
def pages(kept_pages, site, person):
    """Who asks and who decides in each language; the pages are found by ``page``."""
    kept_pages()
    for code in LANGUAGES:
        person(f"translator {code}", roles.TRANSLATOR.group_name(code))
        person(f"reviewer {code}", roles.REVIEWER.group_name(code))
    person("editor", roles.EDITOR.name)


def page(title, code="en"):
    english = ContentPage.objects.get(title=title, locale__language_code="en")
    return ContentPage.objects.get(
        translation_key=english.translation_key, locale__language_code=code
    )


def user(name):
    return User.objects.get(username=name)


def live():
    """Return the live pages besides home pages, by title, each with the languages it has."""
    found = {}
    for each in ContentPage.objects.filter(live=True).select_related("locale"):
        found.setdefault(each.title.split()[0], set()).add(each.locale.language_code)
    return found


ALL = {"About": set(LANGUAGES), "History": set(LANGUAGES), "Other": set(LANGUAGES)}


def ask(client, name, asked, kind, **data):
    client.force_login(user(name))
    data = {"kind": kind, "reason": "Please.", **data}
    return client.post(f"/cms/moderation/pages/{asked.pk}/request/", data)


def state_of(asked):
    return Page.objects.get(pk=asked.pk).specific.current_workflow_task_state


def approve(name, asked):
    state = state_of(asked)
    state.task.specific.on_action(state, user(name), "approve")


# --- With translations ---------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["unpublish", "delete"])
def test_two_people_of_one_language_reach_no_other_by_its_home_page(pages, client, kind):
    home = factories.home_of("sl")
    ask(client, "translator sl", home, kind, with_translations="on")
    approve("reviewer sl", home)
    assert set(HomePage.objects.filter(live=True).values_list("locale__language_code", flat=True)) \
        == {"en", "pl"}  # fmt: skip
    assert {code for codes in live().values() for code in codes} >= {"en", "pl"}
    assert client.get("/en/about/history/").status_code == 200
    assert client.get(page("History", "pl").get_url()).status_code == 200


@pytest.mark.parametrize("kind", ["unpublish", "delete"])
def test_two_people_of_one_language_reach_no_other_by_a_page(pages, client, kind):
    asked = page("About", "sl")
    ask(client, "translator sl", asked, kind, with_translations="on")
    approve("reviewer sl", asked)
    assert live()["About"] == {"en", "pl"}
    assert live()["History"] >= {"en", "pl"}


@pytest.mark.parametrize("kind", ["unpublish", "delete"])
def test_each_language_is_decided_by_its_own_reviewer(pages, client, kind):
    asked, slovenian, polish = (page("About", code) for code in LANGUAGES)
    ask(client, "editor", asked, kind, with_translations="on")
    approve("reviewer en", asked)
    assert live()["About"] == {"sl", "pl"}
    with pytest.raises(PermissionDenied):
        approve("reviewer pl", slovenian)
    approve("reviewer pl", polish)
    assert live()["About"] == {"sl"}
    state = state_of(slovenian)
    state.task.specific.on_action(state, user("reviewer sl"), "reject", comment="We need it.")
    assert live()["About"] == {"sl"}


def test_a_translation_that_comes_later_was_never_asked_for(pages, client):
    asked, slovenian = page("Other"), page("Other", "sl")
    slovenian.delete()
    ask(client, "editor", asked, "delete", with_translations="on")
    factories.translated(asked, "sl")
    approve("reviewer en", asked)
    approve("reviewer pl", page_of_language("Other", "pl"))
    assert live()["Other"] == {"sl"}
    assert state_of(page_of_language("Other", "sl")) is None


def page_of_language(title, code):
    """Return a translation whose original may be gone."""
    return ContentPage.objects.get(title=f"{title} {code}")


def test_translations_go_along_only_where_somebody_chose_so(pages):
    ask_for(page("About"), PageRequest.Kind.DELETE, user("editor"), "Please.")
    assert PageRequest.objects.count() == 1


def test_a_language_that_waits_already_is_left_out_and_named(pages, client):
    polish = page("About", "pl")
    polish.save_revision(user=user("translator pl"))
    polish.get_workflow().start(polish, user("translator pl"))
    client.force_login(user("editor"))
    address = f"/cms/moderation/pages/{page('About').pk}/request/"
    html = client.get(address).content.decode()
    assert "It has 1 translation" in html
    assert "1 translation stays as it is" in html
    response = ask(client, "editor", page("About"), "delete", with_translations="on")
    assert response.status_code == 302
    asked = {request.workflow_state.content_object.locale.language_code
             for request in PageRequest.objects.all()}  # fmt: skip
    assert asked == {"en", "sl"}


def test_the_choice_is_offered_only_for_what_one_may_ask(pages, client):
    client.force_login(user("translator sl"))
    response = client.get(f"/cms/moderation/pages/{page('About', 'sl').pk}/request/")
    assert "with_translations" not in response.context["form"].fields
    assert response.context["affected"].going == []


def test_whoever_asks_takes_back_all_that_still_waits(pages, client):
    asked = page("About")
    ask(client, "editor", asked, "delete", with_translations="on")
    approve("reviewer pl", page("About", "pl"))
    withdraw(state_of(page("About", "sl")), user("editor"))
    assert (state_of(asked), state_of(page("About", "sl"))) == (None, None)
    assert live()["About"] == {"en", "sl"}


def test_who_wrote_a_page_last_takes_back_no_request_of_another(pages, client):
    asked = page("About", "sl")
    asked.save_revision(user=user("translator sl"))
    ask(client, "editor", asked, "delete")
    client.force_login(user("translator sl"))
    address = f"/cms/moderation/pages/{asked.pk}/withdraw/"
    client.post(address)
    assert state_of(asked) is not None


# --- One press for what one person may decide ----------------------------------------------------
@pytest.fixture
def both(pages, person):
    """Somebody who reviews English and Slovenian."""
    return person("both", *(roles.REVIEWER.group_name(code) for code in ("en", "sl")))


def review(client, asked, *also, action="approve", comment=""):
    data = {"action": action, "comment": comment, "also": [state_of(each).pk for each in also]}
    return client.post(f"/cms/moderation/{state_of(asked).pk}/", data)


def test_a_reviewer_of_two_languages_decides_both_by_one_press(both, client):
    asked, slovenian, polish = (page("About", code) for code in LANGUAGES)
    ask(client, "editor", asked, "unpublish", with_translations="on")
    client.force_login(both)
    html = client.get(f"/cms/moderation/{state_of(asked).pk}/").content.decode()
    assert f'name="also" value="{state_of(slovenian).pk}"' in html
    assert f'value="{state_of(polish).pk}"' not in html
    assert review(client, asked, slovenian).status_code == 302
    assert live()["About"] == {"pl"}


def test_nothing_else_is_decided_by_it(both, client):
    asked, slovenian, polish = (page("About", code) for code in LANGUAGES)
    ask(client, "editor", asked, "unpublish", with_translations="on")
    ask(client, "editor", page("Other", "sl"), "unpublish")
    client.force_login(both)
    for also in (polish, page("Other", "sl")):
        assert review(client, asked, also).status_code == 404
    assert live() == ALL
    review(client, asked)
    assert live()["About"] == {"sl", "pl"}


def test_what_was_decided_meanwhile_is_said_and_nothing_else_is_done(both, client, person):
    other = person("other", roles.REVIEWER.group_name("sl"))
    asked, slovenian = page("About"), page("About", "sl")
    ask(client, "editor", asked, "unpublish", with_translations="on")
    keys = {each: state_of(each).pk for each in (asked, slovenian)}
    state = state_of(slovenian)
    state.task.specific.on_action(state, other, "reject", comment="No.")
    client.force_login(both)
    data = {"action": "approve", "comment": "Kept.", "also": [keys[slovenian]]}
    answer = client.post(f"/cms/moderation/{keys[asked]}/", data)
    assert answer.status_code == 409
    assert "other has asked for changes meanwhile." in answer.content.decode()
    assert "Kept." in answer.content.decode()
    assert live() == ALL


def test_each_reviewer_gets_one_mail_for_what_is_asked_at_once(both, client):
    ask(client, "editor", page("About"), "unpublish", with_translations="on")
    assert Mail.objects.filter(user=both).count() == 1
    assert Mail.objects.filter(user=user("reviewer pl")).count() == 1


# --- What stands below, and where it goes --------------------------------------------------------
@pytest.fixture
def section_of_others(pages):
    """The English "History", for whose changes others have their own workflow."""
    group = Group.objects.create(name="Historians")
    task = ReviewTask.objects.create(name="Historians")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Historians")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=page("History"))
    return group


@pytest.mark.parametrize("kind", ["unpublish", "delete", "move"])
def test_what_others_decide_is_not_taken_along_from_above(section_of_others, client, kind):
    ask(client, "editor", page("About"), kind, destination=page("Other").pk)
    with pytest.raises(ReviewRefused, match="that others decide on"):
        approve("reviewer en", page("About"))
    assert live() == ALL
    user("reviewer en").groups.add(section_of_others)
    approve("reviewer en", page("About"))
    about = ContentPage.objects.filter(title="About").first()
    if kind == "move":
        assert about.get_parent().title == "Other"
    elif kind == "unpublish":
        assert not about.live
    else:
        assert about is None


def test_nothing_moves_to_where_others_decide(section_of_others, client):
    ask(client, "editor", page("Other"), "move", destination=page("History").pk)
    with pytest.raises(ReviewRefused, match="that others decide on"):
        approve("reviewer en", page("Other"))
    assert page("Other").get_parent().title != "History"


def test_nobody_asks_to_move_a_page_below_one_that_is_not_theirs(pages, person, client):
    """People may give permissions of their own: here on one page alone."""
    group = Group.objects.get(name=roles.EDITOR.name)
    group.page_permissions.all().delete()
    for code in ("change", "add"):
        GroupPagePermission.objects.create(group=group, page=page("About"), permission_type=code)
    response = ask(client, "editor", page("History"), "move", destination=page("Other").pk)
    assert response.status_code == 422
    assert not PageRequest.objects.exists()


def test_the_page_at_which_the_site_begins_is_not_deleted_by_a_request(pages, client):
    response = ask(client, "editor", factories.home_of("en"), "delete", with_translations="on")
    assert response.status_code == 422
    assert not PageRequest.objects.exists()
    assert Site.objects.exists()


# --- Cascades and bulk acts ----------------------------------------------------------------------
@pytest.fixture
def publisher(pages, person):
    """Somebody who may publish in English alone, by a permission that people gave."""
    person("publisher", roles.ADMINISTRATOR.name)
    group = Group.objects.get(name=roles.ADMINISTRATOR.name)
    group.page_permissions.all().delete()
    for code in ("add", "change", "publish", "bulk_delete"):
        GroupPagePermission.objects.create(
            group=group, page=factories.home_of("en"), permission_type=code
        )


BY_ONE = {
    "unpublish": "/cms/pages/{page}/unpublish/",
    "delete": "/cms/pages/{page}/delete/",
    "move": "/cms/pages/{page}/move/{other}/confirm/",
}


@pytest.mark.parametrize("kind", BY_ONE)
@pytest.mark.parametrize("is_bulk", [False, True])
def test_no_cascade_reaches_a_language_where_one_may_not(publisher, client, kind, is_bulk):
    client.force_login(user("publisher"))
    about, other = page("About"), page("Other")
    places = {each.pk: each.path for each in ContentPage.objects.exclude(locale=about.locale)}
    address = BY_ONE[kind].format(page=about.pk, other=other.pk)
    data = {}
    if is_bulk:
        address = f"/cms/bulk/wagtailcore/page/{kind}/?id={about.pk}&next=/cms/"
        data = {"chooser": other.pk, "move_applicable": "on"}
    assert client.post(address, data | {"include_descendants": "on"}).status_code == 302
    assert {
        each.pk: each.path for each in ContentPage.objects.exclude(locale=about.locale)
    } == places
    assert live()["About"] >= {"sl", "pl"}
    assert live()["History"] >= {"sl", "pl"}
    if kind == "move":
        assert page("About").get_parent().title == "Other"
    else:
        assert "en" not in live()["About"]


def test_an_editor_deletes_no_live_translation_with_a_draft(pages, client):
    about, other = page("About"), page("Other")
    other.unpublish()
    client.force_login(user("editor"))
    client.post(f"/cms/bulk/wagtailcore/page/delete/?id={other.pk}&next=/cms/")
    assert live()["Other"] == {"sl", "pl"}
    assert ContentPage.objects.filter(pk=about.pk).exists()


def test_what_stands_below_a_draft_translation_is_asked_for_too(pages, client):
    history, about = page("History"), page("About")
    history.delete()
    about.unpublish()
    page("About", "sl").unpublish()
    page("About", "pl").unpublish()
    client.force_login(user("editor"))
    client.post(f"/cms/pages/{about.pk}/delete/")
    assert {each.title for each in ContentPage.objects.filter(live=True)} >= {
        "History sl", "History pl",
    }  # fmt: skip


# --- The question itself -------------------------------------------------------------------------
def test_the_question_is_constant_in_queries(pages, django_assert_num_queries):
    few = [page("Other")]
    many = list(Page.objects.filter(depth__gt=2, locale__language_code="en"))
    for act in (Act.ASK, Act.DECIDE):
        counts = []
        for asked in (few, many):
            with django_assert_num_queries(9, exact=False) as queries:
                may(user("reviewer en"), act, asked)
            counts.append(len(queries))
        assert counts[0] == counts[1]


@pytest.mark.parametrize(("name", "act", "codes"), [
    ("editor", Act.ASK, ["en", "sl", "pl"]), ("editor", Act.DECIDE, []),
    ("translator sl", Act.ASK, ["sl"]), ("translator sl", Act.DECIDE, []),
    ("reviewer sl", Act.ASK, []), ("reviewer sl", Act.DECIDE, ["sl"]),
    ("editor", Act.UNPUBLISH, []), ("editor", Act.DELETE, []), ("editor", Act.MOVE, []),
])  # fmt: skip
def test_who_may_do_what_where(pages, name, act, codes):
    asked = user(name)
    assert [code for code in LANGUAGES if may(asked, act, [page("About", code)])] == codes
    assert may(asked, act, [page("About", code) for code in LANGUAGES]) == (
        codes == list(LANGUAGES)
    )
    asked.is_active = False
    assert not may(asked, act, [page("About", "sl")])


# --- Each act by itself --------------------------------------------------------------------------
def test_who_may_change_a_page_that_is_offline_neither_deletes_nor_moves_it(site, person):
    page = factories.add_content(site, title="Offline")
    page.unpublish()
    translator = person("translator", roles.TRANSLATOR.group_name("en"))
    assert may(translator, Act.UNPUBLISH, [page]), "it stays as it is"
    assert not may(translator, Act.DELETE, [page])
    assert not may(translator, Act.MOVE, [page])


def test_a_page_with_others_below_it_is_moved_by_whoever_may_not_delete_them(site, person):
    page = factories.add_content(site, title="Above")
    factories.add_content(page, title="Below").unpublish()
    page.unpublish()
    page = Page.objects.get(pk=page.pk)
    editor = person("editor", roles.EDITOR.name)
    assert may(editor, Act.MOVE, [page])
    assert not may(editor, Act.DELETE, [page])
