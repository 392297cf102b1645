"""A translation is stale from when its source was published with changes that it does not have,
segment by segment.
"""

import datetime
from unittest import mock

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page

from ecca_site.translation.localize.records import StringTranslation
from ecca_site.translation.models import SourceChange, TranslationState
from ecca_site.translation.staleness.publications import rebuild
from tests import factories

from .conftest import backlog, change, publish_translation, request_translation

FRESH = (False, 0, 0)


@pytest.fixture
def slovenian(item):
    return publish_translation(item, "sl")


@pytest.fixture(autouse=True)
def _rebuilding_agrees(db):
    """Whatever a test does: the rows kept by signals are those that a rebuild makes."""
    yield
    assert rebuild() == 0


def body_of(page, *paragraphs):
    """Return the page's body with other texts in its first block, whose identifier stays."""
    raw = [dict(row) for row in page.body.raw_data]
    raw[0] = {**raw[0], "value": "".join(f"<p>{text}</p>" for text in paragraphs)}
    return page.body.stream_block.to_python(raw)


def test_a_new_translation_is_fresh_and_knows_its_source(item, slovenian):
    state = TranslationState.objects.get(page=slovenian)
    assert (state.source_id, backlog(slovenian)) == (item.pk, FRESH)
    assert state.translated_at == slovenian.live_revision.created_at


def test_a_draft_translation_has_a_state_and_is_never_stale(item):
    request_translation(item, "sl")
    draft = item.get_translation(Locale.objects.get(language_code="sl"))
    change(item, summary="All is new.")
    assert TranslationState.objects.get(page=draft).translated_at is None
    assert backlog(draft) == FRESH


def test_a_changed_text_makes_it_stale_by_its_words(item, slovenian):
    change(item, summary="Bricks are used again and again.", note="Said better")
    assert backlog(slovenian) == (True, 1, 6)
    [row] = SourceChange.objects.all()
    assert (row.page_id, row.is_minor, row.note) == (item.pk, False, "Said better")
    assert (row.changed_segments, row.changed_words) == (1, 6)
    state = TranslationState.objects.get(page=slovenian)
    assert state.stale_since == row.published_at == Page.objects.get(pk=item.pk).last_published_at


def test_a_paragraph_of_a_text_counts_alone(item, slovenian):
    change(item, body=body_of(item, "One wall.", "Three walls of clay."))
    assert backlog(slovenian) == (True, 1, 4)


def test_what_is_new_and_what_is_gone_count_too(item, slovenian):
    item = change(item, body=body_of(item, "One wall.", "Two walls.", "And a roof."))
    assert backlog(slovenian) == (True, 1, 3)
    change(item, body=body_of(item, "One wall."))
    assert backlog(slovenian) == (True, 1, 0)


def test_a_text_that_was_removed_and_comes_back_is_translated_still(item, slovenian):
    item = change(item, body=body_of(item, "One wall."))
    assert backlog(slovenian) == (True, 1, 0)
    change(item, body=body_of(item, "One wall.", "Two walls."))
    assert backlog(slovenian) == FRESH


def test_another_text_in_the_place_of_one_that_was_removed_is_new(item, slovenian):
    item = change(item, body=body_of(item, "One wall."))
    change(item, body=body_of(item, "One wall.", "A roof of reed."))
    assert backlog(slovenian) == (True, 2, 4)


def test_what_is_no_text_counts_without_words(item, slovenian):
    change(item, lead_image=factories.make_image())
    assert backlog(slovenian) == (True, 1, 0)


def test_publishing_without_a_change_is_no_change(item, slovenian):
    change(item)
    assert not SourceChange.objects.exists()
    assert backlog(slovenian) == FRESH


def test_the_keys_that_the_editor_gives_to_paragraphs_are_no_change(item, slovenian):
    raw = [dict(row) for row in item.body.raw_data]
    raw[0] = {**raw[0], "value": raw[0]["value"].replace("<p>", '<p data-block-key="4ap9k">')}
    change(item, body=item.body.stream_block.to_python(raw))
    assert backlog(slovenian) == FRESH


def test_what_is_scheduled_makes_stale_on_its_day(item, slovenian):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    page = type(item).objects.get(pk=item.pk)
    page.summary, page.go_live_at = "Bricks are used twice.", tomorrow
    page.save_revision().publish()
    assert backlog(slovenian) == FRESH
    with mock.patch.object(timezone, "now", return_value=tomorrow + datetime.timedelta(minutes=1)):
        call_command("publish_scheduled")
    assert backlog(slovenian) == (True, 1, 4)


def test_what_is_changed_back_is_not_stale(item, slovenian):
    change(item, summary="Bricks are thrown away.")
    assert backlog(slovenian) == (True, 1, 4)
    change(item, summary="Bricks are used again.")
    assert backlog(slovenian) == FRESH
    assert TranslationState.objects.get(page=slovenian).stale_since is None


def test_it_is_stale_since_the_first_change_that_it_lacks(item, slovenian):
    change(item, summary="Bricks are used twice.")
    first = TranslationState.objects.get(page=slovenian).stale_since
    change(item, title="New bricks")
    state = TranslationState.objects.get(page=slovenian)
    assert (state.stale_since, state.stale_segments) == (first, 2)


def test_every_language_is_stale_at_once_and_fresh_by_itself(item, slovenian):
    polish = publish_translation(item, "pl")
    change(item, summary="Bricks are used twice.")
    assert backlog(slovenian) == backlog(polish) == (True, 1, 4)
    publish_translation(item, "sl")
    assert (backlog(slovenian), backlog(polish)) == (FRESH, (True, 1, 4))


def test_a_minor_change_flags_nothing_and_keeps_the_translation(item, slovenian):
    change(item, body=body_of(item, "One wall!", "Two walls."), minor=True)
    assert SourceChange.objects.get().is_minor
    assert backlog(slovenian) == FRESH
    translation = request_translation(item, "sl")
    assert translation.get_progress()[0] == translation.get_progress()[1]
    again = publish_translation(item, "sl")
    assert "One wall. (sl)" in again.body.raw_data[0]["value"]


def test_a_minor_change_of_what_is_stale_leaves_it_stale(item, slovenian):
    change(item, summary="Bricks are used twice.")
    change(item, summary="Bricks are used twice!", minor=True)
    assert backlog(slovenian) == (True, 1, 4)
    change(item, summary="Bricks are used twice, often.", minor=False)
    assert backlog(slovenian) == (True, 1, 5)


def test_a_translation_made_before_the_latest_change_is_stale_when_it_goes_live(item, slovenian):
    from ecca_site.translation.models import Submission
    from ecca_site.translation.staleness.states import last_change

    change(item, summary="Bricks are used twice.")
    revision = slovenian.save_revision()
    Submission.objects.create(revision=revision, seen=last_change(item.pk))
    change(item, title="New bricks")
    revision.publish()
    assert backlog(slovenian) == (True, 1, 2)


def test_an_edit_of_a_guided_translation_brings_it_no_nearer(item, slovenian):
    change(item, summary="Bricks are used twice.")
    slovenian.save_revision().publish()
    assert backlog(slovenian) == (True, 1, 4)


def test_a_translation_written_in_the_page_editor_is_as_new_as_its_last_publication(item, news):
    by_hand = factories.translated(item, "sl")
    change(item, summary="Bricks are used twice.")
    assert backlog(by_hand) == (True, 1, 4)
    by_hand.save_revision().publish()
    assert backlog(by_hand) == FRESH


def test_a_home_page_is_a_translation_like_any_other(site, news):
    slovenian = site.get_translation(Locale.objects.get(language_code="sl"))
    assert TranslationState.objects.get(page=slovenian).source_id == site.pk
    change(site, long_title="The alliance of those who build again")
    assert backlog(slovenian) == (True, 1, 7)


def test_the_source_going_offline_orphans_its_translations_until_it_is_back(item, slovenian):
    item.unpublish()
    assert TranslationState.objects.orphaned().get().page_id == slovenian.pk
    change(item)
    assert not TranslationState.objects.orphaned().exists()


def test_a_deleted_source_leaves_its_translations_orphaned(item, slovenian):
    item.delete()
    state = TranslationState.objects.get(page=slovenian)
    assert (state.source_id, state.is_orphaned) == (None, True)
    change(slovenian, summary="Written anew.")
    assert TranslationState.objects.get(page=slovenian) == state
    assert TranslationState.objects.get(page=slovenian).translated_at == state.translated_at


def test_rebuilding_finds_what_is_wrong_and_what_is_missing(item, slovenian):
    polish = publish_translation(item, "pl")
    change(item, summary="Bricks are used twice.")
    TranslationState.objects.filter(page=slovenian).update(stale_since=None, stale_words=77)
    assert rebuild() == 1
    TranslationState.objects.filter(page=polish).delete()
    assert rebuild() == 1
    assert backlog(slovenian) == (True, 1, 4)
    assert backlog(polish) == (True, 1, 4)  # its live version says what it was made from


def test_rebuilding_finds_orphans_and_leaves_them_the_time_since_when_they_are(item, slovenian):
    item.unpublish()
    states = TranslationState.objects.filter(page=slovenian)
    since = states.get().orphaned_since
    assert rebuild() == 0
    assert states.get().orphaned_since == since
    states.update(orphaned_since=None)
    assert rebuild() == 1
    assert states.get().is_orphaned
    change(item)
    states.update(orphaned_since=since)
    assert rebuild() == 1
    assert not states.get().is_orphaned


def test_a_minor_change_that_is_taken_back_keeps_the_translation_that_there_is(item):
    slovenian = publish_translation(item, "sl")
    change(item, summary="Bricks are used again!", minor=True)
    change(item, summary=item.summary, minor=True)
    assert backlog(slovenian) == FRESH
    texts = StringTranslation.objects.filter(translation_of__data=item.summary)
    assert [text.data for text in texts] == [f"{item.summary} (sl)"]
