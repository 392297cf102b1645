"""Speakers, who are no pages, are translated with the conference that shows them, and go live when
it is approved.
"""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from conferences.models import ConferencePage, Speaker
from ecca_site.translation.submission.requests import request_translation
from ecca_site.translation.submission.submit import SubmissionRefused, submit
from ecca_site.translation.submission.work import Work
from tests import factories
from tests.conferences.programmes import add_speaker, programme, session, stream

from .conftest import approve, change, fill, fill_with_companions


@pytest.fixture
def speaker(site):
    return add_speaker("Speaker of the cluster", role="Director")


def programme_with(*speakers):
    keys = [speaker.pk for speaker in speakers]
    return stream("programme", programme(session("09:00", "10:00", "Welcome", speakers=keys)))


@pytest.fixture
def conference(site, speaker):
    index = factories.add_both_conference_indexes()
    return factories.add_conference(index, title="Circular days", programme=programme_with(speaker))


def speakers(locale):
    return list(Speaker.objects.filter(locale=locale).values_list("name", "role", "live"))


def test_asking_for_a_conference_makes_drafts_of_its_speakers(conference, slovenian):
    request_translation(conference, slovenian)
    assert speakers(slovenian) == [("Speaker of the cluster", "Director", False)]


def test_their_texts_are_part_of_the_work(conference, slovenian, translator, client):
    translation = request_translation(conference, slovenian)
    fill(translation)
    work = Work(translation, translation.get_target_instance())
    assert [(text.label, text.source) for text in work.open_texts] == [
        ("Speaker of the cluster: Name", "Speaker of the cluster"),
        ("Speaker of the cluster: Role", "Director"),
    ]
    with pytest.raises(SubmissionRefused, match="2 texts are not translated yet"):
        submit(translation, translator)
    client.force_login(translator)
    for text, data in zip(work.open_texts, ("Govorec grozda", "Direktor"), strict=True):
        client.post(f"/cms/translations/{translation.pk}/texts/{text.segment.pk}/", {"data": data})
    assert set(StringTranslation.objects.values_list("data", flat=True)) >= {
        "Govorec grozda",
        "Direktor",
    }
    assert not Work(translation, translation.get_target_instance()).open_texts


def test_they_go_live_when_the_page_is_approved(
    conference, slovenian, translator, reviewer, client
):
    translation = request_translation(conference, slovenian)
    fill_with_companions(translation)
    page = submit(translation, translator)
    assert speakers(slovenian) == [("Speaker of the cluster (sl)", "Director (sl)", False)]
    approve(page, reviewer)
    assert speakers(slovenian) == [("Speaker of the cluster (sl)", "Director (sl)", True)]
    html = client.get(ConferencePage.objects.get(pk=page.pk).url).content.decode()
    assert "Speaker of the cluster (sl)" in html


def test_a_text_of_theirs_that_does_not_fit_is_shown(conference, slovenian, translator):
    translation = request_translation(conference, slovenian)
    fill_with_companions(translation)
    StringTranslation.objects.filter(context__path="role").update(data="x" * 200)
    with pytest.raises(SubmissionRefused, match="at most 160 characters"):
        submit(translation, translator)
    [text] = Work(translation, translation.get_target_instance()).open_texts
    assert text.label == "Speaker of the cluster: Role"
    assert "at most 160 characters" in text.error


def test_a_speaker_who_comes_later_is_translated_too(conference, speaker, slovenian):
    request_translation(conference, slovenian)
    second = Speaker.objects.create(name="Second", locale=Locale.get_default())
    change(conference, programme=programme_with(speaker, second))
    assert [name for name, _role, _live in speakers(slovenian)] == [
        "Second",
        "Speaker of the cluster",
    ]


def test_a_speaker_who_changes_is_translated_from_the_live_version(conference, speaker, slovenian):
    translation = request_translation(conference, slovenian)
    speaker.role = "Chair"
    speaker.save_revision().publish()
    fill(translation)
    work = Work(translation, translation.get_target_instance())
    assert [text.source for text in work.open_texts] == ["Speaker of the cluster", "Chair"]
