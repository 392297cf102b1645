"""What was submitted stays as it was submitted, whatever a tab of the editor still sends."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import Revision

from partners.models import PartnerPage


@pytest.fixture
def signed_in(client, editor):
    client.force_login(editor)
    return client


def form_of(page, **changes):
    """What the editor posts for a profile."""
    values = {
        "title": page.title, "slug": page.slug, "legal_name": page.legal_name,
        "country": page.country,
        "city": page.city, "partner_class": page.partner_class, "introduction": "null",
        "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0, "comments-MAX_NUM_FORMS": "",
    }  # fmt: skip
    return {name: value for name, value in (values | changes).items() if value is not None}


def autosave(client, page, **changes):
    return client.post(
        f"/cms/pages/{page.pk}/edit/",
        form_of(page, **changes),
        headers={"Accept": "application/json"},
    )


def reload(page):
    return PartnerPage.objects.get(pk=page.pk)


def test_an_autosave_is_refused_while_a_version_waits(profile, submit, editor, signed_in):
    state = submit(profile, editor)
    answer = autosave(signed_in, profile, city="Koper", overwrite_revision_id=state.revision_id)
    assert answer.status_code == 400
    state.revision.refresh_from_db()
    assert state.revision.content["city"] == "Maribor"
    assert reload(profile).latest_revision_id == state.revision_id


def test_what_was_withdrawn_stays_in_the_log_as_it_was(profile, submit, editor, signed_in):
    state = submit(profile, editor)
    signed_in.post(f"/cms/moderation/pages/{profile.pk}/withdraw/")
    answer = autosave(signed_in, profile, city="Koper", overwrite_revision_id=state.revision_id)
    assert answer.status_code == 400
    assert (
        answer.json()["error_message"]
        == "A version that was submitted is not changed any more. Save a new one."
    )
    state.revision.refresh_from_db()
    assert state.revision.content["city"] == "Maribor"
    answer = autosave(signed_in, profile, city="Koper")
    assert answer.json()["success"]
    assert reload(profile).get_latest_revision_as_object().city == "Koper"


def test_of_two_tabs_the_stale_one_saves_nothing(profile, signed_in):
    first = reload(profile).latest_revision
    loaded = {
        "loaded_revision_id": first.pk,
        "loaded_revision_created_at": first.created_at.isoformat(),
    }
    assert autosave(signed_in, profile, city="Koper", **loaded).json()["success"]
    answer = autosave(signed_in, profile, city="Celje", **loaded)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")
    assert reload(profile).get_latest_revision_as_object().city == "Koper"


def test_an_autosave_under_way_while_the_page_is_submitted_changes_nothing(profile, submit, editor):
    """Its request has read the page before, and writes after."""
    state = submit(profile, editor)
    late = Revision.objects.get(pk=state.revision_id)
    late.content["city"] = "Koper"
    with pytest.raises(PermissionDenied):
        late.save()
    state.revision.refresh_from_db()
    assert state.revision.content["city"] == "Maribor"


@pytest.mark.parametrize("names", [["content"], ["content", "created_at"]])
def test_a_content_that_is_saved_alone_changes_nothing_either(profile, submit, editor, names):
    state = submit(profile, editor)
    late = Revision.objects.get(pk=state.revision_id)
    late.content["city"] = "Koper"
    with pytest.raises(PermissionDenied):
        late.save(update_fields=names)
    late.save(update_fields=["created_at"])
    state.revision.refresh_from_db()
    assert state.revision.content["city"] == "Maribor"


def test_a_version_that_nobody_submitted_is_overwritten_by_its_writer(profile, editor):
    profile.city = "Koper"
    version = profile.save_revision(user=editor)
    version.content["city"] = "Celje"
    version.save()
    version.refresh_from_db()
    assert version.content["city"] == "Celje"


def test_what_is_written_beside_the_content_does_not_matter(profile, submit, editor):
    state = submit(profile, editor)
    state.revision.approved_go_live_at = timezone.now() + datetime.timedelta(1)
    state.revision.save()
    state.revision.refresh_from_db()
    assert state.revision.approved_go_live_at is not None
