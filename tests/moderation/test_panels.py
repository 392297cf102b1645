"""The first page of the CMS.

What each role has to do, at five queries a panel at most, whatever there is.
"""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.delivery.memory import remembering
from ecca_site.moderation import panels
from ecca_site.moderation.models import ask_for, withdraw
from partners.models import ConfirmationRequest, PartnerPage
from partners.profiles import OwnProfilesPanel
from tests import factories

MOST = 5


@pytest.fixture
def partner(profile, person):
    setup_site()
    return person("partner", roles.PARTNER_ORGANISATION.group_name("Stone"))


@pytest.fixture
def panel(rf):
    """Return a function that renders a panel for a user.

    Returns its HTML and how many queries it cost.
    """

    def render(kind, user):
        request = rf.get("/cms/")
        request.user = type(user).objects.get(pk=user.pk)  # nothing is remembered from before
        with remembering(), CaptureQueriesContext(connection) as queries:
            html = kind(request).render_html({"request": request})
        return html, len(queries)

    return render


def reload(page):
    return PartnerPage.objects.get(pk=page.pk)


def test_what_waits_for_me(profile, submit, editor, moderator, panel):
    assert "Nothing waits for you." in panel(panels.ToReview, moderator)[0]
    submit(profile, editor)
    html, _cost = panel(panels.ToReview, moderator)
    assert ">Stone</a>" in html
    assert "city" in html
    assert panel(panels.ToReview, editor)[0] == ""


def test_an_organisation_sees_that_its_profile_waits(profile, partner, submit, panel):
    before, _cost = panel(OwnProfilesPanel, partner)
    submit(profile, partner)
    html, cost = panel(OwnProfilesPanel, partner)
    assert "in moderation" not in before
    assert "live + in moderation" in html
    assert cost <= MOST


def test_an_organisation_finds_what_it_was_asked_by_mail(partners, profile, partner, panel, client):
    assert "Look and confirm" not in panel(OwnProfilesPanel, partner)[0]
    asked = ConfirmationRequest.objects.create(
        translation_key=profile.translation_key, asked_on="2026-11-02"
    )
    other = ConfirmationRequest.objects.create(translation_key=uuid4(), asked_on="2026-11-02")
    factories.home_of("sl")
    factories.translated(partners, "sl", "Partnerji")
    factories.translated(profile, "sl", "Kamen")
    html, cost = panel(OwnProfilesPanel, partner)
    assert "On 2 November 2026 we asked you" in html
    assert cost <= MOST
    [link] = re.findall(
        r'href="(?:https?://[^/]+)?(/\w+/confirm-profile/[^"]+)">Look and confirm', html
    )
    client.post(link)
    asked.refresh_from_db()
    other.refresh_from_db()
    assert asked.confirmed_at
    assert not other.confirmed_at
    assert "Look and confirm" not in panel(OwnProfilesPanel, partner)[0]


def test_where_my_items_stand(partners, submit, editor, moderator, panel):
    pages = [
        factories.add_partner(partners, title=title)
        for title in ("Waiting", "Back", "Withdrawn", "Approved")
    ]
    states = [submit(page, editor) for page in pages]
    states[1].task.specific.on_action(states[1], moderator, "reject", comment="Which bridge?")
    withdraw(states[2], editor)
    states[3].task.specific.on_action(states[3], moderator, "approve")
    html, _cost = panel(panels.MyItems, editor)
    rows = {
        title: html.partition(f">{title}</a>")[2].partition("</tr>")[0]
        for title in (page.title for page in pages)
    }
    assert "Waiting for a decision" in rows["Waiting"]
    assert "Sent back to me" in rows["Back"]
    assert "Which bridge?" in rows["Back"]
    assert ">Withdrawn</span>" in rows["Withdrawn"]
    assert ">Approved</span>" in rows["Approved"]
    assert panel(panels.MyItems, moderator)[0] == "", "these are not the moderator's items"


def test_a_request_says_what_was_asked_for(profile, editor, panel):
    ask_for(profile, "delete", editor, "Old")
    assert "Waiting for a decision</span> delete" in panel(panels.MyItems, editor)[0]


def test_what_i_wrote_and_did_not_submit(profile, editor, submit, panel):
    profile.city = "Koper"
    profile.save_revision(user=editor)
    assert ">Stone</a>" in panel(panels.MyDrafts, editor)[0]
    reload(profile).get_workflow().start(reload(profile), editor)
    assert panel(panels.MyDrafts, editor)[0] == ""


def test_a_partner_organisation_finds_its_profile_in_each_language(
    partners, profile, partner, editor, panel
):
    factories.home_of("sl")
    factories.translated(partners, "sl", "Partnerji")
    factories.translated(profile, "sl", "Kamen")
    factories.add_partner(partners, title="Wood")
    setup_site()
    html, _cost = panel(panels.MyPages, partner)
    assert (">Stone</a>" in html, ">Kamen</a>" in html, "Wood" in html) == (True, True, False)
    for number in range(panels.FEW):
        factories.add_partner(partners, title=f"Partner {number}")
    assert panel(panels.MyPages, editor)[0] == "", "whoever looks after many finds them in the tree"


@pytest.mark.parametrize("kind", panels.PANELS)
@pytest.mark.whole
def test_a_panel_costs_five_queries_at_most(
    partners, profile, submit, editor, moderator, partner, panel, kind
):
    def fill(number):
        for count in range(number):
            page = factories.add_partner(partners, title=f"Partner {number} {count}")
            state = submit(page, editor)
            if count % 3 == 1:
                state.task.specific.on_action(state, moderator, "reject", comment="No.")
            if count % 3 == 2:
                state.task.specific.on_action(state, moderator, "approve")
                draft = reload(page)
                draft.city = "Koper"
                draft.save_revision(user=editor)

    for user in (editor, moderator, partner):
        panel(kind, user)
    fill(3)
    few = {user: panel(kind, user)[1] for user in (editor, moderator, partner)}
    fill(15)
    many = {user: panel(kind, user)[1] for user in (editor, moderator, partner)}
    assert max(many.values()) <= MOST, many
    assert all(many[user] <= few[user] + (kind is panels.MyPages) for user in many), (few, many)


def test_the_first_page_of_the_cms_shows_them(profile, submit, editor, moderator, client):
    submit(profile, editor)
    for user, wanted in ((moderator, "To review"), (editor, "Where my items stand")):
        client.force_login(user)
        html = client.get("/cms/").content.decode()
        assert wanted in html
        assert "Guide for your role" in html
        assert "editor guide" not in html
