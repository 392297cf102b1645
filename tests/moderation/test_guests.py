"""Review without an account.

One version under a secret address, comments under a name, and nothing else.
"""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from ecca_site.intake.links import SecretLinks
from ecca_site.moderation import guests
from ecca_site.moderation.models import GuestComment, GuestLink, withdraw
from partners.models import PartnerPage


@pytest.fixture
def state(profile, submit, editor):
    return submit(profile, editor, title="Changed")


def address(link):
    return f"/review/{link.token}/"


def test_a_guest_reads_the_version_and_comments(link, state, client):
    response = client.get(address(link))
    assert response.status_code == 200
    assert (response["X-Robots-Tag"], response["Referrer-Policy"]) == (
        "noindex, nofollow",
        "no-referrer",
    )
    assert "no-store" in response["Cache-Control"]
    assert f'src="{address(link)}version/"' in response.content.decode()
    assert b"<h1>Changed</h1>" in client.get(f"{address(link)}version/").content
    response = client.post(
        address(link), {"name": "Ana", "text": "The year is wrong."}, follow=True
    )
    assert "The year is wrong." in response.content.decode()
    assert client.cookies == {}
    comment = GuestComment.objects.get()
    assert (comment.name, comment.link) == ("Ana", link)
    entry = PageLogEntry.objects.get(action="moderation.guest_comment")
    assert (entry.user, entry.revision_id, entry.comment) == (
        None,
        state.revision_id,
        "Ana: The year is wrong.",
    )


def test_a_guest_reads_the_version_also_while_the_public_page_is_kept(
    link, profile, client, settings
):
    settings.PAGE_CACHE_SECONDS = 60
    public = profile.get_full_url()
    host = public.split("/")[2]
    assert b"<h1>Stone</h1>" in client.get(public, headers={"host": host}).content
    assert (
        b"<h1>Changed</h1>"
        in client.get(f"{address(link)}version/", headers={"host": host}).content
    )


def test_the_moderator_reads_the_comment(link, state, client, moderator):
    client.post(address(link), {"name": "Ana", "text": "The year is wrong."})
    client.force_login(moderator)
    html = client.get(f"/cms/moderation/{state.pk}/").content.decode()
    assert "The year is wrong." in html
    assert f"http://testserver{address(link)}" in html


def test_nothing_can_be_published_there(link, state, client):
    for data in ({"action": "approve"}, {"action": "approve", "name": "Ana", "text": "Yes"}):
        client.post(address(link), data)
        client.post(f"{address(link)}version/", data)
    state.refresh_from_db()
    assert state.status == "in_progress"
    assert PartnerPage.objects.get().title == "Stone"


@pytest.mark.parametrize("data", [
    {}, {"name": "Ana"}, {"name": " ", "text": "x"}, {"name": "x" * 121, "text": "x"},
    {"name": "A", "text": "x" * 5001}, {"name": "A\0", "text": "x"},
])  # fmt: skip
def test_what_is_wrong_is_said_and_kept(link, client, data):
    response = client.post(address(link), data)
    assert response.status_code in (400, 422)
    assert not GuestComment.objects.exists()


def test_an_expired_address_opens_no_more(link, client):
    GuestLink.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    link.refresh_from_db()
    for path in (address(link), f"{address(link)}version/"):
        assert client.get(path).status_code == 410
        assert client.post(path, {"name": "Ana", "text": "Late"}).status_code == 409
    assert not GuestComment.objects.exists()


def test_an_address_is_good_for_two_weeks(link):
    assert timedelta_days(link.expires_at) == 14


def timedelta_days(moment):
    return round((moment - timezone.now()).total_seconds() / 86400)


def test_a_revoked_address_opens_no_more(link, state, client, moderator):
    client.force_login(moderator)
    client.post(f"/cms/moderation/{state.pk}/guests/{link.pk}/revoke/")
    client.logout()
    assert client.get(address(link)).status_code == 410
    actions = PageLogEntry.objects.filter(action__startswith="moderation.guest").order_by("pk")
    assert [(entry.action, entry.user) for entry in actions] == [
        ("moderation.guest_link", moderator), ("moderation.guest_revoke", moderator),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - datetime.timedelta(1)}],
)
def test_the_moderator_reads_which_addresses_open_no_more(link, state, client, moderator, changes):
    client.force_login(moderator)
    review = f"/cms/moderation/{state.pk}/"
    closed = "An address that no longer opens"
    html = client.get(review).content.decode()
    assert (address(link) in html, closed in html) == (True, False)
    GuestLink.objects.update(**changes)
    html = client.get(review).content.decode()
    assert (address(link) in html, closed in html) == (False, True)


def test_an_address_that_we_have_not_signed_opens_nothing(link, client, django_assert_num_queries):
    forged = [
        str(link.pk),
        f"{link.pk}.",
        f"{link.pk}..{'x' * 43}",
        f"1{link.token}",
        link.token[:-1],
        SecretLinks("moderation_guest", "ecca.registration").token_of(link),
        link.token.replace(".", ".9", 1),
    ]
    for token in forged:
        with django_assert_num_queries(0):
            found = GuestLink.objects.at(token)
        assert found is None
        assert client.get(f"/review/{token}/").status_code == 404


def test_an_address_shows_its_version_and_no_later_one(link, profile, editor, client):
    profile.title = "Even later"
    profile.save_revision(user=editor)
    assert b"<h1>Changed</h1>" in client.get(f"{address(link)}version/").content


@pytest.mark.parametrize("end", ["approve", "reject", "withdraw"])
def test_an_address_ends_with_the_review(link, state, editor, moderator, client, end):
    if end == "withdraw":
        withdraw(state, editor)
    else:
        client.force_login(moderator)
        client.post(f"/cms/moderation/{state.pk}/", {"action": end, "comment": "Because."})
        client.logout()
    state.refresh_from_db()
    assert state.status != "in_progress"
    for path in (address(link), f"{address(link)}version/"):
        assert client.get(path).status_code == 410


def test_a_deleted_page_has_no_guests(link, client):
    PartnerPage.objects.get().delete()
    assert client.get(address(link)).status_code == 410


def test_an_address_takes_so_many_comments(link, client, monkeypatch):
    monkeypatch.setattr(guests, "MOST_COMMENTS", 2)
    codes = [
        client.post(address(link), {"name": "Ana", "text": str(number)}).status_code
        for number in range(3)
    ]
    assert codes == [302, 302, 422]
    assert GuestComment.objects.count() == 2


def test_what_a_guest_types_is_text(link, client):
    client.post(address(link), {"name": "<b>Ana</b>", "text": "<script>alert(1)</script>"})
    html = client.get(address(link)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;b&gt;Ana" in html


def test_it_speaks_the_language_of_the_page(partners, profile, submit, editor, admin_client):
    from tests import factories

    factories.home_of("sl")
    factories.translated(partners, "sl", "Partnerji")
    state = submit(factories.translated(profile, "sl", "Kamen"), editor)
    admin_client.post(f"/cms/moderation/{state.pk}/guests/")
    html = admin_client.get(address(GuestLink.objects.get())).content.decode()
    assert '<html lang="sl">' in html


def test_a_network_comments_twenty_times_an_hour(link, client):
    answers = [
        client.post(address(link), {"name": "Ana", "text": f"Comment {number}"})
        for number in range(22)
    ]
    assert [answer.status_code for answer in answers] == [302] * 20 + [429] * 2
    assert GuestComment.objects.count() == 20
    assert "Comment 21" in answers[-1].content.decode()
