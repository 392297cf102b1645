"""Whoever wrote a text of a translation has written the version that is made of it."""

import pytest
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringSegment

from ecca_site.access import roles
from ecca_site.moderation.models import ReviewRefused, authors_of
from ecca_site.translation.localize import machine, po
from ecca_site.translation.localize.records import StringTranslation
from ecca_site.translation.localize.store import save_text
from ecca_site.translation.submission.submit import submit
from tests import factories

from .conftest import change, fill, publish_translation, request_translation

TEXT = "Bricks are used again."


@pytest.fixture
def colleague(news, person):
    return person("colleague", roles.TRANSLATOR.group_name("sl"))


@pytest.fixture
def both(news, person):
    """Somebody who translates and reviews."""
    return person("both", roles.TRANSLATOR.group_name("sl"), roles.REVIEWER.group_name("sl"))


@pytest.fixture
def translation(item):
    return request_translation(item, "sl")


def write(translation, user, data, text=TEXT):
    segment = StringSegment.objects.get(source=translation.source, string__data=text)
    return save_text(translation, segment, data, user)[0]


def submitted(translation, user):
    fill(translation)
    page = submit(translation, user)
    return Page.objects.get(pk=page.pk).specific.current_workflow_task_state


def refuses(state, user):
    with pytest.raises(ReviewRefused, match="cannot approve it"):
        state.task.specific.on_action(state, user, "approve")


def test_who_wrote_one_text_does_not_approve_what_a_colleague_submits(translation, both, colleague):
    write(translation, both, "Opeke se znova uporabijo.")
    refuses(submitted(translation, colleague), both)


def test_a_comma_of_a_colleague_takes_no_text_away(translation, both, colleague):
    write(translation, both, "Opeke se znova uporabijo.")
    write(translation, colleague, "Opeke se, znova, uporabijo.")
    refuses(submitted(translation, colleague), both)


def test_who_imported_a_file_has_written_its_texts(translation, both, colleague):
    file = po.export(translation)
    for entry in file:
        entry.msgstr = f"{entry.msgid} (sl)"
    po.apply(po.check(str(file).encode(), translation, both), translation, both)
    for text in StringTranslation.objects.filter(locale=translation.target_locale):
        text.last_translated_by = colleague  # who touches all of them later
        text.save()
    refuses(submitted(translation, colleague), both)


def test_who_confirmed_a_draft_of_a_machine_has_written_it(translation, both, colleague):
    segment = StringSegment.objects.get(source=translation.source, string__data=TEXT)
    text = StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=translation.target_locale,
        data="Opeke.", translation_type=machine.MACHINE, last_translated_by=colleague,
    )  # fmt: skip
    machine.confirm(translation, both, [text.pk])
    write(translation, colleague, "Opeke se znova uporabijo.")
    refuses(submitted(translation, colleague), both)


def test_who_chose_something_for_the_language_has_written_it(item, both, colleague):
    item = change(item, lead_image=factories.make_image())
    translation = request_translation(item, "sl")
    segment = OverridableSegment.objects.get(source=translation.source, context__path="lead_image")
    SegmentOverride.objects.create(
        locale=translation.target_locale, context=segment.context, last_translated_by=both,
        data_json=str(factories.make_image().pk),
    )  # fmt: skip
    refuses(submitted(translation, colleague), both)


def test_what_was_approved_before_is_no_text_of_the_next_version(item, both, colleague):
    translation = request_translation(item, "sl")
    write(translation, both, "Opeke se znova uporabijo.")
    publish_translation(item, "sl")
    item = change(item, summary="Bricks are used twice.")
    translation = request_translation(item, "sl")
    write(translation, colleague, "Opeke se uporabijo dvakrat.", "Bricks are used twice.")
    state = submitted(translation, colleague)
    assert authors_of(state) == {colleague.pk}
    state.task.specific.on_action(state, both, "approve")
    page = Page.objects.get(pk=state.revision.object_id).specific
    assert page.summary == "Opeke se uporabijo dvakrat."


def test_texts_of_another_language_or_page_are_not_in_it(item, news, both, colleague, person):
    polish = request_translation(item, "pl")
    write(polish, both, "Cegły.")
    other = factories.add_news(news, summary=TEXT)
    write(request_translation(other, "sl"), both, "Opeke.")
    translation = request_translation(item, "sl")
    state = submitted(translation, colleague)
    assert authors_of(state) == {colleague.pk}


def test_whose_submission_was_sent_back_is_an_author_of_the_next(
    translation, both, colleague, person
):
    reviewer = person("reviewer", roles.REVIEWER.group_name("sl"))
    state = submitted(translation, both)
    state.task.specific.on_action(state, reviewer, "reject", comment="A word is wrong.")
    write(translation, colleague, "Opeke se znova uporabijo.")
    refuses(submitted(translation, colleague), both)
