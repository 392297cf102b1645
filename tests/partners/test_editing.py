"""What the people of a partner see in the editor: what is missing, and what they mistyped."""

import html
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.users.models import UserProfile

from ecca_site.access import roles
from partners.completeness import REASONS, missing_in
from partners.models import PartnerPage
from partners.page_form import check_address, check_mailbox
from tests import factories

COMPLETE = {
    "introduction": "<p>We build.</p>", "themes": ["design"], "offers": "Bricks", "seeks": "Walls",
    "latitude": 46,
    "longitude": 14, "members_public": 0, "website": "https://stone.example",
    "mailbox": "info@stone.example",
    "working_languages": ["sl"], "target_countries": ["PT"],
}  # fmt: skip


SUBMIT = {"action-submit": "1"}  # a draft may be saved with all of it


@pytest.fixture
def stone(english):
    return factories.add_partner(english, title="Stone", legal_name="Stone Ltd")


@pytest.fixture
def editor(stone, person, client):
    """The client of somebody of the organisation, whose CMS is in Slovenian."""
    user = person("ana", roles.PARTNER_ORGANISATION.group_name("Stone"))
    UserProfile.objects.create(user=user, preferred_language="sl")
    client.force_login(user)
    return client


def form_of(page, **changes):
    return {
        "title": page.title, "legal_name": page.legal_name, "country": page.country,
        "city": page.city,
        "introduction": "null", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": "", **changes,
    }  # fmt: skip


def save(client, page, **changes):
    response = client.post(f"/cms/pages/{page.pk}/edit/", form_of(page, **changes))
    if response.status_code == 302:
        return response, {}
    with translation.override("sl"):  # errors are put into words when they are read
        return response, {
            name: errors[0] for name, errors in response.context["form"].errors.items()
        }


def slovenian(text):
    with translation.override("sl"):
        return gettext(text)


def test_what_is_mistyped_is_said_beside_the_field_in_ones_language_and_nothing_is_lost(
    stone, editor
):
    year = timezone.localdate().year
    typed = {
        "website": "ftp://stone.example", "eccp_url": "https://localhost/",
        "mailbox": "jana.kamen@stone.example",
        "members_sme": "100001", "founded_year": str(year + 1), "latitude": "46.05",
        "offers": "Very old bricks",
    }  # fmt: skip
    response, errors = save(editor, stone, **typed, **SUBMIT)
    address = slovenian("Enter the address of a website, such as https://example.org.")
    assert errors == {
        "website": address,
        "eccp_url": address,
        "mailbox": slovenian(
            "This looks like a person's mailbox. Enter one of the organisation, such as info@…"
        ),
        "members_sme": "Poskrbite, da bo ta vrednost manj kot ali natanko 100000.",
        "founded_year": f"Poskrbite, da bo ta vrednost manj kot ali natanko {year}.",
        "longitude": slovenian("Enter both latitude and longitude, or neither."),
    }
    content = html.unescape(response.content.decode())
    for name, value in typed.items():
        assert value in content, "shown again"
        if name in errors:
            beside = content.partition('id="panel-child-')[2] and re.search(
                rf'id="[^"]*{name}-errors"', content
            )
            assert beside, name
            assert errors[name] in content, name
    assert PartnerPage.objects.get(pk=stone.pk).latest_revision_id == stone.latest_revision_id


def test_a_draft_keeps_what_has_to_be_mended_before_it_is_submitted(stone, editor):
    typed = {"mailbox": "jana.kamen@stone.example", "members_sme": "100001", "latitude": "46.05"}
    response, errors = save(editor, stone, **typed)
    assert (response.status_code, errors) == (302, {})
    draft = PartnerPage.objects.get(pk=stone.pk).get_latest_revision_as_object()
    assert (draft.mailbox, draft.members_sme, draft.longitude) == (
        "jana.kamen@stone.example",
        100001,
        None,
    )


def test_a_draft_takes_no_dangerous_address(stone, editor):
    response, errors = save(editor, stone, website="javascript:alert(1)")
    assert (response.status_code, list(errors)) == (200, ["website"])


def test_what_is_right_is_saved(stone, editor):
    response, errors = save(
        editor, stone, website="https://stone.example", mailbox="info@stone.example",
        members_sme="100000",
        founded_year="1800", latitude="46.05", longitude="14.5",
    )  # fmt: skip
    assert (response.status_code, errors) == (302, {})
    draft = PartnerPage.objects.get(pk=stone.pk).get_latest_revision_as_object()
    assert (draft.website, draft.members_sme, draft.founded_year) == (
        "https://stone.example",
        100000,
        1800,
    )


def test_the_date_of_the_confirmation_is_not_to_be_typed(stone, editor):
    save(editor, stone, confirmed_on="2026-01-01", city="Koper")
    draft = PartnerPage.objects.get(pk=stone.pk).get_latest_revision_as_object()
    assert (draft.city, draft.confirmed_on) == ("Koper", None)


def test_a_logo_is_neither_tiny_nor_a_stripe(stone, admin_client):
    for size, status in (((199, 150), 200), ((1300, 200), 200), ((200, 40), 302)):
        picture = factories.make_image(size=size)
        data = form_of(stone, slug=stone.slug, partner_class="partner", logo=picture.pk, **SUBMIT)
        response = admin_client.post(f"/cms/pages/{stone.pk}/edit/", data)
        assert response.status_code == status, size
        assert status == 302 or list(response.context["form"].errors) == ["logo"]


@pytest.mark.parametrize(
    "value",
    ["info@a.example", "press.office@a.example", "ecca-2026@a.example", "info.sl@a.example"],
)
def test_mailboxes_of_organisations_pass(value):
    check_mailbox(value)


@pytest.mark.parametrize(
    "value", ["javascript://a.example/%0a", "ftp://a.example", "http://a/", "https://", "http://.a"]
)
def test_addresses_that_lead_nowhere_do_not(value):
    with pytest.raises(ValidationError):
        check_address(value)


def test_completeness_counts_what_is_missing(db):
    stone = PartnerPage(title="Stone", country="SI", city="Ljubljana")
    assert missing_in(stone) == [name for name in REASONS if name != "city"]
    assert stone.completeness == 8
    for name, value in COMPLETE.items():
        setattr(stone, name, value)
    assert missing_in(stone) == ["logo_id"]
    assert stone.completeness == 92
    stone.logo = factories.make_image()
    assert stone.completeness == 100


def test_the_editor_says_what_is_missing_and_why(stone, editor):
    """In the panel above the form, and again beside each field that has no other help."""
    with translation.override("sl"):
        reasons = {name: str(reason) for name, reason in REASONS.items()}
    content = html.unescape(editor.get(f"/cms/pages/{stone.pk}/edit/").content.decode())
    assert [content.count(reasons[name]) for name in ("members", "offers", "latitude")] == [1, 2, 1]
    content = content.partition(slovenian("Still missing:"))[2].partition("</ul>")[0]
    assert {name for name, reason in reasons.items() if reason in content} == REASONS.keys() - {
        "city"
    }


def test_the_guide_tells_how_a_profile_stays_true(editor):
    assert slovenian("Keep your profile true") in html.unescape(
        editor.get("/cms/guide/").content.decode()
    )


def test_the_lists_say_how_complete_a_profile_is(stone, editor):
    for address in ("/cms/", "/cms/profile/"):
        content = html.unescape(editor.get(address).content.decode())
        assert re.search(r">\s*8\N{NO-BREAK SPACE}%\s*<", content), address


def test_its_people_have_a_live_preview(stone, editor):
    address = f"/cms/pages/{stone.pk}/edit/preview/"
    answer = editor.post(address, form_of(stone, offers="Bricks of tomorrow"))
    assert answer.json() == {"is_valid": True, "is_available": True}
    assert "Bricks of tomorrow" in editor.get(f"{address}?in_preview_panel=true").content.decode()
