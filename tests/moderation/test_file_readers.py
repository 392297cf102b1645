"""A file that nothing live uses: who gets it at its address, and who gets nothing."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupCollectionPermission
from wagtail.users.models import UserProfile

from conferences.models import Speaker
from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.delivery.files import FOR_EVER, FOR_NOBODY_ELSE, MEDIA_POLICY
from ecca_site.uploads.images import FALLBACK
from ecca_site.uploads.models import CustomDocument
from tests import factories

PDF = b"%PDF-1.7\nstatutes of the cluster"


@pytest.fixture(autouse=True)
def _mirror_of_its_own(settings, tmp_path):
    mirror = {**settings.STORAGES["published"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "published": mirror}


@pytest.fixture(autouse=True)
def _closed_library(site):
    """Nobody may choose, so that what a version shows is all that counts."""
    chooses = GroupCollectionPermission.objects.filter(permission__codename__startswith="choose")
    assert chooses.delete()[0]


@pytest.fixture
def logo(db):
    image = factories.make_image("Mark", size=(60, 40))
    image.make_renditions()
    image.get_rendition("max-165x165")
    return image


@pytest.fixture
def statutes(db):
    content = ContentFile(PDF, "statutes.pdf")
    return CustomDocument.objects.create(title="Statutes", file=content)


@pytest.fixture
def addresses(logo, statutes):
    """Every address that there is of the files of the draft."""
    of_renditions = [rendition.url for rendition in logo.renditions.all()]
    return [logo.file.url, *of_renditions, statutes.file.url, statutes.url]


@pytest.fixture
def draft(profile, editor, logo, statutes):
    profile.logo = logo
    profile.introduction = f'<p><a linktype="document" id="{statutes.pk}">Statutes</a></p>'
    profile.save_revision(user=editor)
    return profile


@pytest.fixture
def state(draft, editor):
    draft.get_workflow().start(draft, editor)
    return type(draft).objects.get(pk=draft.pk).current_workflow_task_state


def statuses(client, addresses):
    return {client.get(address).status_code for address in addresses}


# --- Who gets it ---------------------------------------------------------------------------------
def test_a_visitor_gets_no_file_of_a_draft(draft, addresses, client):
    assert len(addresses) == 11
    for address in addresses:
        for response in (client.get(address), client.head(address), part_of(client, address)):
            assert response.status_code == 404, address
            assert "no-store" in response["Cache-Control"]
        assert b"Page not found" in client.get(address).content


def part_of(client, address):
    return client.get(address, headers={"range": "bytes=0-3"})


def test_its_editor_gets_all_of_it_and_leaves_it_in_no_cache(draft, addresses, client, editor):
    client.force_login(editor)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert response["Cache-Control"] == FOR_NOBODY_ELSE
        assert response["X-Content-Type-Options"] == "nosniff"


def test_an_administrator_gets_it(draft, addresses, admin_client):
    assert statuses(admin_client, addresses) == {200}


def test_a_reviewer_gets_it_while_it_waits(draft, addresses, client, editor, moderator):
    client.force_login(moderator)
    assert statuses(client, addresses) == {404}
    draft.get_workflow().start(draft, editor)
    assert statuses(client, addresses) == {200}
    type(draft).objects.get(pk=draft.pk).current_workflow_state.cancel(user=editor)
    assert statuses(client, addresses) == {404}


def test_others_with_an_account_get_nothing(draft, addresses, client, person):
    for name, groups in {"manager": [roles.CONFERENCE_MANAGER.name], "nobody": []}.items():
        client.force_login(person(name, *groups))
        assert statuses(client, addresses) == {404}, name


def test_a_session_without_its_second_factor_gets_nothing(draft, addresses, client, editor):
    client.force_login(editor)
    session = client.session
    session["sign_in_is_complete"] = False
    session.save()
    assert statuses(client, addresses) == {404}


def test_whoever_must_set_up_a_second_factor_gets_nothing_before(
    state, addresses, client, moderator, settings
):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(moderator)
    assert statuses(client, addresses) == {404}


def test_what_somebody_may_choose_is_shown_in_the_chooser(logo, statutes, client, editor):
    setup_site()  # roles may choose again
    thumbnail = logo.renditions.get(filter_spec="max-165x165").url
    assert statuses(client, [thumbnail, statutes.url]) == {404}
    client.force_login(editor)
    assert statuses(client, [thumbnail, statutes.url]) == {200}


def test_the_picture_of_a_speaker_who_is_a_draft(site, logo, client, person):
    speaker = Speaker(name="Ana", locale=site.locale, live=False, picture=logo)
    speaker.save()
    speaker.save_revision()
    addresses = [rendition.url for rendition in logo.renditions.all()]
    client.force_login(person("nobody"))
    assert statuses(client, addresses) == {404}
    client.force_login(person("organiser", roles.CONFERENCE_MANAGER.name))
    assert statuses(client, addresses) == {200}


def test_faces_are_shown_to_people_of_the_cms(client, editor):
    profile = UserProfile.get_for_user(editor)
    profile.avatar.save("face.png", factories.make_image().file)
    assert client.get(profile.avatar.url).status_code == 404
    client.force_login(editor)
    assert client.get(profile.avatar.url).status_code == 200


# --- Guests --------------------------------------------------------------------------------------
def addresses_on(client, link):
    html = client.get(f"/review/{link.token}/version/").content.decode()
    found = re.findall(r'(?:src|href)="(/(?:media|documents)/[^"]+)"', html)
    for sources in re.findall(r'srcset="([^"]+)"', html):
        found += [source.split()[0] for source in sources.split(", ")]
    return found


def test_a_guest_sees_the_files_of_the_version_and_no_others(link, logo, statutes, client):
    found = addresses_on(client, link)
    assert any(address.startswith(f"/documents/{statutes.pk}/") for address in found)
    assert any(address.startswith(logo.sizes()[FALLBACK].url) for address in found)
    assert all(address.endswith(f"?guest={link.token}") for address in found)
    assert statuses(client, found) == {200}
    assert client.get(found[0])["Cache-Control"] == FOR_NOBODY_ELSE
    assert client.cookies == {}
    assert "?" not in logo.file.url, "nobody else is given the address"
    other = factories.make_image(size=(60, 40))
    assert client.get(f"{other.file.url}?guest={link.token}").status_code == 404
    for token in ("", "x", f"{link.token}x", link.token.replace(".", "")):
        assert client.get(f"{logo.file.url}?guest={token}").status_code == 404


def test_with_the_address_of_a_guest_its_files_end(link, state, client, moderator):
    found = addresses_on(client, link)
    client.force_login(moderator)
    client.post(f"/cms/moderation/{state.pk}/guests/{link.pk}/revoke/")
    client.logout()
    assert statuses(client, found) == {404}


def test_with_the_review_the_files_of_a_guest_end(link, draft, client, editor):
    found = addresses_on(client, link)
    draft.current_workflow_state.cancel(user=editor)
    assert statuses(client, found) == {404}


# --- What is published ---------------------------------------------------------------------------
def test_what_is_approved_is_everybodys_and_offline_it_is_nobodys(
    state, draft, logo, addresses, client, moderator, editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.force_login(moderator)
        client.post(f"/cms/moderation/{state.pk}/", {"action": "approve"})
        client.logout()
    thumbnail = logo.renditions.get(filter_spec="max-165x165").url
    public = [one for one in addresses if one not in (logo.file.url, thumbnail)]
    assert statuses(client, public) == {200}
    assert statuses(client, [logo.file.url, thumbnail]) == {404}
    response = client.get(logo.sizes()[FALLBACK].url)
    assert response["Cache-Control"] == FOR_EVER
    assert response["Content-Security-Policy"] == MEDIA_POLICY
    with django_capture_on_commit_callbacks(execute=True):
        type(draft).objects.get(pk=draft.pk).unpublish()
    assert statuses(client, addresses) == {404}
    client.force_login(editor)
    assert statuses(client, addresses) == {200}


def test_a_visitor_sees_no_page_without_its_pictures_while_the_mirror_is_behind(
    draft, logo, statutes, client, django_capture_on_commit_callbacks
):
    draft.save_revision().publish()
    size = logo.sizes()[FALLBACK]
    with django_capture_on_commit_callbacks(execute=True):
        response = client.get(size.url)
    assert (response.status_code, response["Cache-Control"]) == (200, FOR_EVER)
    assert client.get(statutes.url).status_code == 200
    assert storages["published"].exists(size.url.removeprefix("/")), "and the mirror is mended"
    with CaptureQueriesContext(connection) as captured:
        assert client.get(size.url).status_code == 200
    assert len(captured) == 0


def test_a_published_document_is_sent_as_before(draft, statutes, client):
    draft.save_revision().publish()
    response = client.get(statutes.url)
    assert b"".join(response.streaming_content) == PDF
    name = Path(statutes.file.name).name
    assert response["Content-Disposition"] == f'inline; filename="{name}"'
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert "public" in response["Cache-Control"]
    response = part_of(client, statutes.file.url)
    assert (response.status_code, b"".join(response.streaming_content)) == (206, b"%PDF")
    assert client.head(statutes.file.url)["Content-Length"] == str(len(PDF))
    assert client.post(statutes.url).status_code == 405


def test_a_part_of_a_draft_for_its_editor(draft, statutes, client, editor):
    client.force_login(editor)
    response = part_of(client, statutes.file.url)
    assert (response.status_code, b"".join(response.streaming_content)) == (206, b"%PDF")
    assert response["Cache-Control"] == FOR_NOBODY_ELSE


# --- What was guessed ----------------------------------------------------------------------------
@pytest.mark.parametrize("as_editor", [False, True])
def test_other_addresses_lead_to_nothing(draft, logo, statutes, client, editor, as_editor):
    if as_editor:
        client.force_login(editor)
    stored = Path(logo.file.path)
    (stored.parent / "unknown.png").write_bytes(stored.read_bytes())
    name = logo.file.name
    guesses = [
        "/media/",
        "/media/images",
        "/media/images/",
        "/media/original_images/unknown.png",
        f"/media/images/../{name}",
        f"/media/./{name}",
        f"/media//{name}",
        f"/media/images/%2e%2e/{name}",
        f"/media/{name}/",
        f"/media/{name.upper()}",
        f"/media/{'x' * 3000}",
        "/media/../../etc/passwd",
        "/media/%2e%2e/%2e%2e/etc/passwd",
        "/media//etc/passwd",
        f"/documents/{statutes.pk}/",
        f"/documents/{statutes.pk}/other.pdf",
        f"/documents/{statutes.pk + 1}/{statutes.filename}",
        f"/documents/{'9' * 40}/{statutes.filename}",
        f"/documents/{statutes.pk}/../../{statutes.file.name}",
    ]
    for address in guesses:
        assert client.get(address).status_code in (400, 404), address
        assert client.head(address).status_code in (400, 404), address


def test_a_guess_of_a_visitor_costs_little(client, draft, logo):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 404
        return len(captured)

    queries("/media/none/x.png")  # what all pages need is in the cache by now
    nothing = queries("/media/none/x.png")
    assert queries("/media/images/none.png") == nothing + 1
    assert queries(logo.file.url) == nothing + 1
    assert queries(logo.renditions.first().url) == nothing + 2


def test_a_library_of_thumbnails_costs_little_each(logo, client, editor):
    setup_site()  # roles may choose again
    thumbnail = logo.renditions.get(filter_spec="max-165x165").url
    client.force_login(editor)
    client.get(thumbnail)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(thumbnail).status_code == 200
    assert len(captured) == 5


def test_a_thumbnail_whose_row_is_rolled_back_is_made_again(logo, client, editor):
    setup_site()
    with transaction.atomic():
        logo.get_rendition("max-320x200")
        transaction.set_rollback(True)
    client.force_login(editor)
    again = type(logo).objects.get(pk=logo.pk).get_rendition("max-320x200")
    assert client.get(again.url).status_code == 200
