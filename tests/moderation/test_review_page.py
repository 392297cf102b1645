"""One review on one page.

Both versions side by side, the original beside a translation, and every decision.
"""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry, TaskState
from wagtail.rich_text import RichText

from ecca_site.access import roles
from partners.models import PartnerPage
from tests import factories


@pytest.fixture
def signed_in(client, moderator):
    client.force_login(moderator)
    return client


def review(state):
    return f"/cms/moderation/{state.pk}/"


def rows(response):
    return {
        row.key if hasattr(row, "key") else (row.after or row.before).key: row
        for row in response.context["rows"]
    }


def test_what_differs_is_marked_in_place(profile, submit, editor, signed_in):
    profile.offers = "Bricks and old timber"
    profile.save_revision().publish()
    state = submit(PartnerPage.objects.get(pk=profile.pk), editor, offers="Bricks and new timber")
    html = signed_in.get(review(state)).content.decode()
    assert "Bricks and <del>old</del> timber" in html
    assert "Bricks and <ins>new</ins> timber" in html


def test_markup_that_somebody_typed_is_shown_as_text(profile, submit, editor, signed_in):
    state = submit(profile, editor, offers="<script>alert(1)</script>")
    html = signed_in.get(review(state)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_pictures_are_shown_before_and_after(profile, submit, editor, signed_in):
    old, new = factories.make_image("Old logo"), factories.make_image("New logo")
    profile.logo = old
    profile.save_revision().publish()
    state = submit(PartnerPage.objects.get(pk=profile.pk), editor, logo=new)
    row = rows(signed_in.get(review(state)))["logo"]
    assert (row.before.image, row.after.image, row.state) == (old, new, "changed")


def test_blocks_and_links_are_compared(site, submit, editor, client, person):
    from home.models import ContentPage

    page = factories.add_content(site, title="About")
    page.body = [
        ("heading", "First"),
        ("paragraph", '<p>See <a href="https://old.example">there</a>.</p>'),
    ]
    page.save_revision().publish()
    page = ContentPage.objects.get(pk=page.pk)
    page.body[1].value = RichText('<p>See <a href="https://new.example">there</a>.</p>')
    state = submit(page, editor, title="About")
    client.force_login(person("english", roles.REVIEWER.group_name("en")))
    response = client.get(review(state))
    assert response.context["item"].changes == "1 block"
    html = response.content.decode()
    assert "[https://<del>old</del>.example]" in html
    assert "[https://<ins>new</ins>.example]" in html


def test_the_original_stands_beside_a_translation(
    partners, profile, submit, editor, client, person
):
    factories.home_of("sl")
    factories.translated(partners, "sl", "Partnerji")
    profile.offers = "Bricks"
    profile.save_revision().publish()
    slovenian = factories.translated(profile, "sl", "Kamen", offers="Opeka")
    state = submit(slovenian, editor, offers="Opeke")
    client.force_login(person("slovenian", roles.REVIEWER.group_name("sl")))
    row = rows(client.get(review(state)))["offers"]
    assert (row.before.text, row.after.text, row.source.text) == ("Opeka", "Opeke", "Bricks")
    for which in ("live", "submitted", "source"):
        assert client.get(f"{review(state)}{which}/").status_code == 200


def test_every_version_is_shown_as_visitors_see_it(profile, submit, editor, signed_in):
    state = submit(profile, editor, title="Changed")
    assert b"<h1>Stone</h1>" in signed_in.get(f"{review(state)}live/").content
    submitted = signed_in.get(f"{review(state)}submitted/")
    assert b"<h1>Changed</h1>" in submitted.content
    assert submitted["X-Frame-Options"] == "SAMEORIGIN"
    assert signed_in.get(f"{review(state)}source/").status_code == 404
    assert signed_in.get(f"{review(state)}other/").status_code == 404


def test_the_next_item_follows_a_decision(partners, submit, editor, signed_in, person):
    states = [
        submit(factories.add_partner(partners, title=title), editor)
        for title in ("One", "Two", "Three", "Four")
    ]
    other = person("other", roles.PARTNER_MODERATOR.name)
    signed_in.force_login(other)
    signed_in.post(f"{review(states[2])}claim/")
    signed_in.logout()
    signed_in.force_login(person("third", roles.PARTNER_MODERATOR.name))
    response = signed_in.get(review(states[1]))
    assert response.context["following"] == states[3], "what somebody else has claimed is left out"
    response = signed_in.post(review(states[1]), {"action": "approve"})
    assert response["Location"] == review(states[3])
    response = signed_in.post(review(states[3]), {"action": "reject", "comment": "No."})
    assert response["Location"] == review(states[0])
    response = signed_in.post(review(states[0]), {"action": "approve"})
    assert response["Location"] == "/cms/moderation/"


def test_a_rejection_without_a_comment_is_refused_beside_the_field(
    profile, submit, editor, signed_in
):
    state = submit(profile, editor)
    response = signed_in.post(review(state), {"action": "reject", "comment": "  "})
    assert response.status_code == 422
    assert response.context["form"].errors == {"comment": ["Give a reason in a comment."]}
    field = BeautifulSoup(response.content, "html.parser").find("textarea", {"name": "comment"})
    assert field.has_attr("autofocus")  # it is far below what was submitted
    response = signed_in.post(review(state), {"action": "reject", "comment": "x" * 5001})
    assert response.status_code == 422
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    assert signed_in.post(review(state), {"action": "burn"}).status_code == 404


def test_the_comments_of_the_past_stay_with_the_page(profile, submit, editor, signed_in):
    state = submit(profile, editor)
    signed_in.post(review(state), {"action": "reject", "comment": "Which bridge?"})
    page = PartnerPage.objects.get(pk=profile.pk)
    page.current_workflow_state.resume(user=editor)
    state = PartnerPage.objects.get(pk=profile.pk).current_workflow_task_state
    response = signed_in.get(review(state))
    assert "Which bridge?" in response.content.decode()
    assert [str(entry.message) for entry in response.context["steps"]][:3] == [
        "Submitted again", "Changes requested", "Submitted for review",
    ]  # fmt: skip


def test_who_comes_too_late_is_told_by_whom_and_what(profile, submit, editor, signed_in, person):
    state = submit(profile, editor)
    other = person("other", roles.PARTNER_MODERATOR.name)
    state.task.specific.on_action(state, other, "reject", comment="No.")
    opened = signed_in.get(review(state), follow=True)
    assert opened.redirect_chain == [("/cms/moderation/", 302)]
    tried = signed_in.post(review(state), {"action": "approve"})
    assert tried.status_code == 409
    for response in (opened, tried):
        assert "other has asked for changes meanwhile." in response.content.decode()
    assert PartnerPage.objects.get(pk=profile.pk).city == "Ljubljana"


@pytest.mark.parametrize("address", ["", "live/", "submitted/", "claim/", "guests/"])
def test_others_do_not_see_it(profile, submit, editor, client, person, address):
    state = submit(profile, editor)
    for user in (editor, person("slovenian", roles.REVIEWER.group_name("sl"))):
        client.force_login(user)
        for response in (client.get(review(state) + address), client.post(review(state) + address)):
            assert response.status_code in (302, 403, 404, 405)
    client.logout()
    assert client.get(review(state) + address)["Location"].startswith("/cms/login/")
    steps = PageLogEntry.objects.filter(page_id=profile.pk).values_list("action", flat=True)
    assert not {"moderation.claim", "moderation.guest_link"} & set(steps)


def test_a_review_that_is_none(signed_in, site):
    assert signed_in.get("/cms/moderation/999999/").status_code == 404


def test_a_newer_draft_is_named(profile, submit, editor, admin_user, signed_in):
    state = submit(profile, editor)
    assert "A newer draft was saved meanwhile." not in signed_in.get(review(state)).content.decode()
    profile.save_revision(user=admin_user)
    assert "A newer draft was saved meanwhile." in signed_in.get(review(state)).content.decode()


def test_a_schedule_is_shown(profile, submit, editor, signed_in):
    import datetime

    from django.utils import timezone

    state = submit(profile, editor, go_live_at=timezone.now() + datetime.timedelta(30))
    assert "Goes live on" in signed_in.get(review(state)).content.decode()


def test_it_costs_the_same_whatever_the_page_holds(site, submit, editor, client, person):
    from home.models import ContentPage

    client.force_login(person("english", roles.REVIEWER.group_name("en")))

    def cost(blocks):
        page = factories.add_content(site)
        page = ContentPage.objects.get(pk=page.pk)
        page.body = [("heading", f"Heading {number}") for number in range(blocks)]
        state = submit(page, editor, title="Changed")
        client.get(review(state))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(review(state)).status_code == 200
        return len(queries)

    few, many = cost(2), cost(40)
    assert few == many, (few, many)
