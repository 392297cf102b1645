"""An address that names several pages opens only where all of them are one's business."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.users.models import UserProfile

from ecca_site.access import gate, roles
from ecca_site.access.site_setup import setup_site
from tests import factories


@pytest.fixture
def pages(site):
    """An organisation's profile, that of another one, and a conference; the lists are public."""
    partners = factories.add_partner_index(site)
    conferences = factories.add_conference_index(site)
    made = {
        "own": factories.add_partner(partners, title="Stone"),
        "foreign": factories.add_partner(partners, title="Timber"),
        "conference": factories.add_conference(conferences),
        "conferences": conferences,
        "partners": partners,
    }
    setup_site()
    return made


@pytest.fixture
def partner(pages, person):
    return person("partner", roles.PARTNER_ORGANISATION.group_name("Stone"))


@pytest.fixture
def manager(pages, person):
    return person("manager", roles.CONFERENCE_MANAGER.name)


def with_draft_title(page):
    """Save a draft under another title, which is nobody else's business yet."""
    page.title = "A merger"
    page.save_revision()


def test_an_editors_address_opens_for_ones_own_page_alone(pages, partner):
    name, own, foreign = "wagtailadmin_pages:edit", pages["own"].pk, pages["foreign"].pk
    assert gate.may_see(name, {"page_id": own}, partner)
    assert not gate.may_see(name, {"page_id": foreign}, partner)
    assert not gate.may_see(name, {"page_id": own, "parent_page_id": foreign}, partner)
    assert not gate.may_see(name, {"page_id": foreign, "parent_page_id": own}, partner)


def test_a_face_is_shown_to_nobody_with_a_session_that_is_over(partner, rf, settings):
    face = UserProfile.get_for_user(partner)
    request = rf.get("/media/avatar_images/face.png")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "over"
    request.user = AnonymousUser()
    assert not gate.is_of_member(request, face)


def test_a_page_moves_only_between_places_of_ones_own_tree(pages, manager, client):
    name, own = "wagtailadmin_pages:move_confirm", pages["conference"].pk
    inside, outside = pages["conferences"].pk, pages["partners"].pk
    assert gate.may_see(name, {"page_to_move_id": own, "destination_id": inside}, manager)
    for keys in ((own, outside), (outside, inside)):
        names = dict(zip(("page_to_move_id", "destination_id"), keys, strict=True))
        assert not gate.may_see(name, names, manager)
    client.force_login(manager)
    response = client.get(f"/cms/pages/{own}/move/{outside}/confirm/", follow=True)
    assert "This part of the CMS is not open to you." in response.content.decode()


def test_a_chooser_shows_below_a_page_only_to_whom_its_title_is_no_secret(pages, partner):
    name, foreign = "wagtailadmin_choose_page_child", pages["foreign"]
    assert gate.may_see(name, {"parent_page_id": foreign.pk}, partner)
    with_draft_title(foreign)
    assert not gate.may_see(name, {"parent_page_id": foreign.pk}, partner)
    both = {"parent_page_id": foreign.pk, "page_id": pages["partners"].pk}
    assert not gate.may_see(name, both, partner)
    with_draft_title(pages["own"])
    assert gate.may_see(name, {"parent_page_id": pages["own"].pk}, partner)


def test_a_page_that_is_not_public_is_not_chosen_by_others(pages, partner):
    pages["foreign"].unpublish()
    keys = {"parent_page_id": pages["foreign"].pk}
    assert not gate.may_see("wagtailadmin_choose_page_child", keys, partner)
