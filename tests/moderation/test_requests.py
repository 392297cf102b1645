"""Taking offline, deleting and moving.

Said what it affects, and only asked for by whoever may not do it.
"""

import pytest
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import PageRequest, ReviewRefused, ask_for
from home.models import ContentPage
from partners.models import PartnerIndexPage, PartnerPage
from tests import factories


@pytest.fixture
def slovenian(partners, profile):
    """The Slovenian profile of the same organisation."""
    factories.home_of("sl")
    factories.translated(partners, "sl", "Partnerji")
    return factories.translated(profile, "sl", "Kamen")


@pytest.fixture
def partner(profile, person):
    setup_site()
    return person("partner", roles.PARTNER_ORGANISATION.group_name("Stone"))


def reload(page):
    return type(page).objects.get(pk=page.pk)


def ask(client, page, **data):
    return client.post(f"/cms/moderation/pages/{page.pk}/request/", {"reason": "We merge.", **data})


def decide(page, user, action="approve", comment=""):
    state = reload(page).current_workflow_task_state
    state.task.specific.on_action(state, user, action, comment=comment)
    return state


def decide_all(client, user, page, *others):
    """Decide on the page of the review, with the other languages that it offers."""
    state, *also = (reload(each).current_workflow_task_state for each in (page, *others))
    client.force_login(user)
    data = {"action": "approve", "also": [each.pk for each in also]}
    response = client.post(f"/cms/moderation/{state.pk}/", data)
    assert response.status_code == 302
    return response


def test_a_partner_asks_and_a_moderator_takes_it_offline_in_all_languages(
    profile, slovenian, partner, moderator, client
):
    client.force_login(partner)
    assert ask(client, profile, kind="unpublish", with_translations="on").status_code == 302
    assert (reload(profile).live, reload(slovenian).live) == (True, True)
    [mail] = Mail.objects.filter(user=moderator)
    assert "asks to take it offline: We merge." in mail.text
    decide_all(client, moderator, profile, slovenian)
    assert (reload(profile).live, reload(slovenian).live) == (False, False)
    mail, other = Mail.objects.filter(user=partner).order_by("pk")
    assert mail.subject == "[English · partner profile] Stone: approved"
    assert other.subject == "[Slovenščina · partner profile] Kamen: approved"
    assert "moderator has agreed to what you asked for." in mail.text
    log = PageLogEntry.objects.filter(page_id=profile.pk, action="wagtail.unpublish")
    assert [entry.user for entry in log] == [moderator]


def test_one_language_alone(profile, slovenian, partner, moderator, client):
    client.force_login(partner)
    ask(client, slovenian, kind="unpublish")
    decide(slovenian, moderator)
    assert (reload(profile).live, reload(slovenian).live) == (True, False)


def test_a_deletion_that_was_agreed_to_is_told(profile, slovenian, partner, moderator, client):
    client.force_login(partner)
    ask(client, profile, kind="delete", with_translations="on")
    decide_all(client, moderator, profile, slovenian)
    assert not PartnerPage.objects.exists()
    mails = Mail.objects.filter(user=partner)
    assert len(mails) == 2
    assert all("moderator has agreed to what you asked for." in mail.text for mail in mails)
    assert not any("/edit/" in mail.text for mail in mails)
    gone = PageLogEntry.objects.filter(
        action="wagtail.delete", page_id__in=(profile.pk, slovenian.pk)
    )
    assert [entry.user for entry in gone] == [moderator, moderator]


def test_what_is_declined_changes_nothing_and_needs_no_amending(
    profile, partner, moderator, client
):
    client.force_login(partner)
    ask(client, profile, kind="delete")
    decide(profile, moderator, "reject", "Please stay.")
    page = reload(profile)
    assert (page.live, page.current_workflow_state) == (True, None)
    [mail] = Mail.objects.filter(user=partner)
    assert "moderator has declined what you asked for." in mail.text
    assert "Please stay." in mail.text
    assert f"/cms/pages/{profile.pk}/edit/" in mail.text


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("approve", "What was asked for “Stone” is done."),
        ("reject", "What was asked for “Stone” was declined."),
    ],
)
def test_whoever_decides_reads_what_a_decision_does_to_a_request(
    profile, partner, moderator, client, action, words
):
    client.force_login(partner)
    ask(client, profile, kind="delete")
    address = f"/cms/moderation/{reload(profile).current_workflow_task_state.pk}/"
    client.force_login(moderator)
    html = client.get(address).content.decode()
    assert ("Needed to decline." in html, "Needed to request changes." in html) == (True, False)
    answer = client.post(address, {"action": action, "comment": "No."}, follow=True)
    assert words in answer.content.decode()


def test_whoever_decides_on_a_version_reads_of_no_request(
    profile, editor, moderator, submit, client
):
    state = submit(profile, editor)
    client.force_login(moderator)
    html = client.get(f"/cms/moderation/{state.pk}/").content.decode()
    assert ("Needed to decline." in html, "Needed to request changes." in html) == (False, True)
    data = {"action": "reject", "comment": "No."}
    answer = client.post(f"/cms/moderation/{state.pk}/", data, follow=True)
    assert "“Stone” was sent back." in answer.content.decode()


def test_what_is_decided_together_is_confirmed_for_each_language(
    profile, slovenian, partner, moderator, client
):
    client.force_login(partner)
    ask(client, profile, kind="delete", with_translations="on")
    response = decide_all(client, moderator, profile, slovenian)
    html = client.get(response.url).content.decode()
    for title in ("Stone", "Kamen"):
        assert f"What was asked for “{title}” is done." in html


def test_a_request_is_withdrawn(profile, partner, client):
    client.force_login(partner)
    ask(client, profile, kind="delete")
    assert (
        "Your request leaves the queue"
        in client.get(f"/cms/moderation/pages/{profile.pk}/withdraw/").content.decode()
    )
    client.post(f"/cms/moderation/pages/{profile.pk}/withdraw/")
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED
    assert reload(profile).live


def test_a_request_keeps_a_draft_that_was_not_submitted(profile, partner, moderator, client):
    profile.city = "Koper"
    profile.save_revision(user=partner)
    client.force_login(partner)
    ask(client, profile, kind="unpublish")
    decide(profile, moderator)
    page = reload(profile)
    assert (page.live, page.get_latest_revision_as_object().city) == (False, "Koper")


def test_whoever_asks_does_not_agree(profile, person, client):
    both = person("both", roles.EDITOR.name, roles.PARTNER_MODERATOR.name)
    ask_for(profile, PageRequest.Kind.DELETE, both, "Mine")
    with pytest.raises(ReviewRefused, match="cannot approve it"):
        decide(profile, both)
    assert reload(profile).live


def test_a_page_that_waits_takes_no_request(profile, submit, editor, partner, client):
    submit(profile, editor)
    client.force_login(partner)
    response = ask(client, profile, kind="delete")
    assert response.status_code == 422
    assert "waits for a decision already" in response.content.decode()
    assert not PageRequest.objects.exists()


@pytest.mark.parametrize(("data", "field"), [
    ({"kind": ""}, "kind"), ({"kind": "burn"}, "kind"), ({"kind": "move"}, "kind"),
    ({"kind": "delete", "reason": " "}, "reason"),
    ({"kind": "delete", "reason": "x" * 5001}, "reason"),
])  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field(profile, partner, client, data, field):
    client.force_login(partner)
    response = ask(client, profile, **data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not PageRequest.objects.exists()


def test_others_ask_for_nothing(profile, partners, person, client):
    factories.add_partner(partners, title="Wood")
    setup_site()
    client.force_login(person("other", roles.PARTNER_ORGANISATION.group_name("Wood")))
    ask(client, profile, kind="delete")
    assert not PageRequest.objects.exists()


def test_a_partner_can_do_none_of_it_directly(profile, partner, client):
    client.force_login(partner)
    for address in ("delete", "unpublish", "move"):
        client.post(f"/cms/pages/{profile.pk}/{address}/")
    for action in ("delete", "unpublish", "move"):
        client.post(f"/cms/bulk/wagtailcore/page/{action}/?id={profile.pk}")
    page = reload(profile)
    assert (page.live, page.path) == (True, profile.path)


def test_the_review_of_a_request_says_what_it_affects(
    profile, slovenian, partner, moderator, client
):
    client.force_login(partner)
    ask(client, profile, kind="delete", with_translations="on")
    client.force_login(moderator)
    state = reload(profile).current_workflow_task_state
    html = client.get(f"/cms/moderation/{state.pk}/").content.decode()
    assert "Slovenščina: waits for a decision" in html
    other = reload(slovenian).current_workflow_task_state
    assert f'name="also" value="{other.pk}" checked' in html
    assert ">Decline<" in html


# --- Moving --------------------------------------------------------------------------------------
@pytest.fixture
def places(site):
    """Two content pages and one below the first of them."""
    first, second = (factories.add_content(site, title=title) for title in ("First", "Second"))
    setup_site()
    return first, second, factories.add_content(first, title="Moved")


def test_a_page_moves_when_it_was_agreed_to(places, editor, person, client):
    _first, second, page = places
    reviewer = person("reviewer", roles.REVIEWER.group_name("en"))
    client.force_login(editor)
    assert ask(client, page, kind="move").context["form"].errors == {
        "destination": ["Say where it should go."]
    }
    ask(client, page, kind="move", destination=second.pk)
    assert reload(page).get_parent().title == "First"
    [mail] = Mail.objects.filter(user=reviewer)
    assert "asks to move it to “Second”: We merge." in mail.text
    decide(page, reviewer)
    assert reload(page).get_parent().title == "Second"
    assert client.get("/en/first/moved/")["Location"] == "/en/second/moved/"


def test_a_page_does_not_move_below_itself_or_to_another_language(places, editor, client):
    first, _second, page = places
    slovenian = factories.home_of("sl")
    client.force_login(editor)
    for destination in (first, page, slovenian):
        response = ask(client, first, kind="move", destination=destination.pk)
        assert list(response.context["form"].errors) == ["destination"]


def test_what_stands_there_already_is_not_overwritten(places, editor, person, client):
    _first, second, page = places
    ask_for(page, PageRequest.Kind.MOVE, editor, "Please", destination=second)
    factories.add_content(second, title="Moved")
    with pytest.raises(ReviewRefused, match="Another page with this address"):
        decide(page, person("reviewer", roles.REVIEWER.group_name("en")))
    assert (
        TaskState.objects.get(workflow_state__page_request__kind="move").status
        == TaskState.STATUS_IN_PROGRESS
    )


# --- Those who may do it are asked first ---------------------------------------------------------
def test_wagtails_own_questions_say_what_is_affected(places, slovenian, profile, admin_client):
    first, second, page = places
    linking = factories.add_content(
        second,
        title="Linking",
        body=[("paragraph", f'<p><a linktype="page" id="{profile.pk}">Stone</a></p>')],
    )
    for address in (f"/cms/pages/{profile.pk}/unpublish/", f"/cms/pages/{profile.pk}/delete/"):
        html = admin_client.get(address).content.decode()
        assert "Kamen (Slovenščina, live)" in html
        assert "What refers to it loses its link:" in html
        assert f"<li>{linking.title} (English)</li>" in html
    html = admin_client.get(f"/cms/pages/{first.pk}/move/{second.pk}/confirm/").content.decode()
    assert "1 page stands below it." in html
    for action in ("unpublish", "delete", "move"):
        html = admin_client.get(
            f"/cms/bulk/wagtailcore/page/{action}/?id={profile.pk}"
        ).content.decode()
        assert "Kamen (Slovenščina, live)" in html
    assert (reload(profile).live, reload(slovenian).live) == (True, True)
    assert ContentPage.objects.count() == 4
    assert PartnerIndexPage.objects.count() == 2
