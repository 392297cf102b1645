"""A file that any version uses which is live or may go live is neither exchanged nor deleted."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ReferenceIndex

from conferences.models import Speaker
from ecca_site.access import roles
from ecca_site.moderation.models import FileUse, ReviewRefused, withdraw
from ecca_site.moderation.sealing.uses import uses_of
from ecca_site.uploads.files import is_in_use
from ecca_site.uploads.models import CustomDocument, CustomImage
from partners.models import PartnerPage
from tests import factories
from tests.uploads.test_uploads import picture


def linked(document):
    return f'<p><a linktype="document" id="{document.pk}">Statutes</a></p>'


def rows_forget(*files):
    """Leave to versions alone to know of a file, as while the index of rows is behind."""
    for file in files:
        ReferenceIndex.get_references_to(file).delete()


# --- Which versions count ------------------------------------------------------------------------
def test_a_file_that_nothing_uses_is_free(logo, document, profile):
    assert not is_in_use(logo)
    assert not is_in_use(document)


def test_a_draft_uses_its_files(profile, editor, logo, document):
    profile.logo = logo
    profile.introduction = linked(document)
    profile.save_revision(user=editor)
    assert (is_in_use(logo), is_in_use(document)) == (True, True)
    profile.logo = None
    profile.introduction = ""
    profile.save_revision(user=editor)
    assert (is_in_use(logo), is_in_use(document)) == (False, False), "an old draft is no use"


def test_an_autosave_over_the_same_version_is_followed(profile, editor, logo):
    revision = profile.save_revision(user=editor)
    profile.logo = logo
    profile.save_revision(user=editor, overwrite_revision=revision)
    assert is_in_use(logo)
    profile.logo = None
    profile.save_revision(user=editor, overwrite_revision=profile.latest_revision)
    assert not is_in_use(logo)


def test_what_is_live_uses_its_files_also_while_the_index_of_rows_is_behind(profile, logo):
    profile.logo = logo
    profile.save_revision().publish()
    profile.refresh_from_db()
    profile.logo = None
    profile.save_revision()
    rows_forget(logo)
    assert is_in_use(logo)


def test_a_version_under_review_uses_its_files_when_a_later_draft_does_not(
    profile, submit, editor, admin_user, logo
):
    state = submit(profile, editor, logo=logo)
    profile.logo = None
    profile.save_revision(user=admin_user)
    assert is_in_use(logo)
    withdraw(state, editor)
    assert is_in_use(logo), "it may be submitted again as it is"
    PartnerPage.objects.get(pk=profile.pk).current_workflow_state.cancel(user=editor)
    assert not is_in_use(logo)


def test_a_version_with_a_date_uses_its_files(profile, logo):
    profile.logo = logo
    profile.go_live_at = timezone.now() + datetime.timedelta(days=2)
    profile.save_revision().publish()
    profile = PartnerPage.objects.get(pk=profile.pk)
    profile.logo = None
    profile.save_revision()
    rows_forget(logo)
    assert is_in_use(logo)


def test_a_draft_of_a_speaker_uses_its_picture(site, logo):
    speaker = Speaker.objects.create(name="Ana", locale=site.locale)
    speaker.picture = logo
    speaker.save_revision()
    assert is_in_use(logo)


def test_deleting_a_page_frees_its_files(profile, logo):
    profile.logo = logo
    profile.save_revision().publish()
    PartnerPage.objects.get(pk=profile.pk).delete()
    assert not is_in_use(logo)
    assert not FileUse.objects.filter(object_id=logo.pk).exists()


# --- What is refused -----------------------------------------------------------------------------
@pytest.fixture
def used(profile, editor, logo, document):
    """Files that a draft alone uses."""
    profile.logo = logo
    profile.introduction = linked(document)
    profile.save_revision(user=editor)
    return logo, document


ADDRESSES = ["/cms/images/{}/delete/", "/cms/bulk/uploads/customimage/delete/?id={}"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_not_even_a_superuser_deletes_a_picture_in_use(used, admin_client, address):
    logo, _document = used
    answer = admin_client.post(address.format(logo.pk), follow=True)
    assert "“Mark” is in use, so it was not deleted." in answer.content.decode()
    assert CustomImage.objects.filter(pk=logo.pk).exists()


def test_nor_does_a_script(used):
    for file in used:
        with pytest.raises(ReviewRefused), transaction.atomic():
            file.delete()
    with pytest.raises(ReviewRefused), transaction.atomic():
        CustomDocument.objects.all().delete()


def test_nor_does_anybody_exchange_it(used, admin_client):
    logo, _document = used
    data = {"title": "x", "tags": "", "file": SimpleUploadedFile("o.png", picture("PNG"))}
    answer = admin_client.post(f"/cms/images/{logo.pk}/", data)
    assert "Pages use this file." in answer.content.decode()
    assert CustomImage.objects.get(pk=logo.pk).file.name == logo.file.name


def test_what_nobody_uses_gets_a_new_file_under_a_new_name(logo, admin_client):
    name = logo.file.name.rpartition("/")[2]
    data = {"title": "x", "tags": "", "file": SimpleUploadedFile(name, picture("PNG"))}
    admin_client.post(f"/cms/images/{logo.pk}/", data)
    after = CustomImage.objects.get(pk=logo.pk)
    assert after.title == "x"
    assert after.file.name != logo.file.name


# --- Who uses it ---------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_that_would_delete_it_says_who_uses_it(used, admin_client, address):
    logo, _document = used
    text = admin_client.get(address.format(logo.pk)).content.decode()
    assert "<li>Stone (English): a draft</li>" in text
    assert "can be neither deleted nor exchanged" in text
    assert "Yes, delete" not in text


def test_the_page_of_a_document_says_so_too(used, admin_client):
    _logo, document = used
    address = f"/cms/documents/delete/{document.pk}/"
    for page in (address, f"/cms/bulk/uploads/customdocument/delete/?id={document.pk}"):
        text = admin_client.get(page).content.decode()
        assert "<li>Stone (English): a draft</li>" in text
        assert "Yes, delete" not in text


def test_it_says_how_it_is_used(profile, submit, editor, logo, admin_client):
    profile.logo = logo
    profile.save_revision().publish()
    submit(PartnerPage.objects.get(pk=profile.pk), editor)
    text = admin_client.get(f"/cms/images/{logo.pk}/delete/").content.decode()
    assert "<li>Stone (English): live, waits for a decision</li>" in text


def test_what_nobody_uses_may_be_deleted(logo, admin_client):
    assert "Yes, delete" in admin_client.get(f"/cms/images/{logo.pk}/delete/").content.decode()
    admin_client.post(f"/cms/images/{logo.pk}/delete/")
    assert not CustomImage.objects.filter(pk=logo.pk).exists()


def test_titles_of_drafts_that_are_not_ones_own_stay_a_secret(used, profile, person, client):
    logo, _document = used
    profile.title = "Secret merger"
    profile.save_revision()
    client.force_login(person("conferences", roles.CONFERENCE_MANAGER.name))
    text = client.get(f"/cms/images/{logo.pk}/delete/").content.decode()
    assert "1 page uses it that is not yours to see." in text
    assert "Secret merger" not in text


def test_to_look_costs_the_same_for_three_files_as_for_one(partners, editor):
    images = [factories.make_image(f"Mark {number}", size=(60, 40)) for number in range(3)]
    for image in images:
        page = factories.add_partner(partners)
        page.logo = image
        page.save_revision()

    def queries(*files):
        with CaptureQueriesContext(connection) as captured:
            uses = uses_of(files, editor)
        assert [len(uses[file.pk].named) for file in files] == [1] * len(files)
        return len(captured)

    queries(images[0])
    assert queries(images[0]) == queries(*images)


def test_a_save_costs_one_query_more_for_the_files_it_uses(profile, editor, logo):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            profile.save_revision(user=editor)
        return len(captured)

    before = queries()
    profile.logo = logo
    assert queries() == before + 1
