"""Alarms of stored texts: shown, dismissed, mended, asked at submission, read by reviewers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation

from ecca_site.access import roles
from ecca_site.translation.checks.models import AlarmAnswer
from ecca_site.translation.localize.alarms import asked_texts
from ecca_site.translation.localize.store import save_text
from ecca_site.translation.submission.submit import SubmissionRefused, submit
from tests import factories

from ..conftest import request_translation

TEXTS = {  # right translations of the item
    "Old bricks": "Stare opeke",
    "Bricks come from walls.": "Opeke so iz sten.",
    "One wall by 31 March 2027.": "Ena stena do 31. marca 2027.",
    "Two <b>walls</b>.": "Dve <b>steni</b>.",
    "What next": "Kako naprej",
}


@pytest.fixture
def item(news):
    return factories.add_news(
        news,
        title="Old bricks",
        slug="old-bricks",
        summary="Bricks come from walls.",
        body=[
            ("paragraph", "<p>One wall by 31 March 2027.</p><p>Two <b>walls</b>.</p>"),
            ("heading", "What next"),
        ],
    )


@pytest.fixture
def translation(item, translator):
    made = request_translation(item, "sl")
    for source, target in TEXTS.items():
        write(made, source, target, translator)
    return made


@pytest.fixture
def signed_in(client, translator):
    client.force_login(translator)
    return client


def segment_of(translation, source):
    return StringSegment.objects.get(source=translation.source, string__data=source)


def write(translation, source, target, user):
    return save_text(translation, segment_of(translation, source), target, user)[0]


def asked(translation):
    """Return the only alarm of a translation."""
    ((only,),) = [each.asked for each in asked_texts(translation)]
    return only


def po_file(text):
    return SimpleUploadedFile("texts.po", text.encode())


def press(client, name, translation, **data):
    return client.post(reverse(name, args=[translation.pk]), data)


def shown(client, translation):
    return client.get(reverse("translation_alarms", args=[translation.pk])).content.decode()


def review_of(item):
    page = item.get_translations().get(locale__language_code="sl")
    return page.current_workflow_task_state


def test_right_texts_are_asked_nothing_and_are_submitted_by_one_press(translation, signed_in, item):
    assert asked_texts(translation) == []
    assert "<h2" not in shown(signed_in, translation)
    assert press(signed_in, "translation_submit", translation).status_code == 302
    assert review_of(item) is not None


def test_an_alarm_stands_beside_its_text_in_the_editor(translation, signed_in, translator):
    write(translation, "One wall by 31 March 2027.", "Ena stena do 31. aprila 2027.", translator)
    html = signed_in.get(translation.get_target_instance_edit_url()).content.decode()
    assert "The original has the date “31 March 2027”." in html
    assert "Ena stena do <mark>31. aprila 2027</mark>." in html
    assert html.count('data-alarm="dismiss"') == 1
    assert 'data-alarm="mend"' not in html


def test_a_dismissed_alarm_is_kept_with_its_reason_for_this_text_alone(
    translation, signed_in, translator
):
    write(translation, "Old bricks", "Stare opeke!", translator)
    only = asked(translation)
    press(signed_in, "translation_alarm_dismiss", translation, alarm=only.key, reason="A shout.")
    answer = AlarmAnswer.objects.get()
    assert (answer.reason, answer.user, answer.target) == ("A shout.", translator, "Stare opeke!")
    assert asked(translation).is_dismissed
    html = shown(signed_in, translation)
    assert "<blockquote>A shout.</blockquote>" in html
    assert 'data-alarm="dismiss"' not in html
    write(translation, "Old bricks", "Starejše opeke!", translator)
    assert not asked(translation).is_dismissed
    write(translation, "Old bricks", "Stare opeke!", translator)
    assert asked(translation).is_dismissed


def test_a_dismissal_does_not_count_for_another_original(translation, signed_in, translator, item):
    write(translation, "Old bricks", "Stare opeke!", translator)
    only = asked(translation)
    press(signed_in, "translation_alarm_dismiss", translation, alarm=only.key, reason="A shout.")
    item.title = "Very old bricks"
    item.save()
    translation.source.update_from_db()
    write(translation, "Very old bricks", "Stare opeke!", translator)
    assert not asked(translation).is_dismissed


def test_a_reason_must_be_given_and_what_was_typed_stays(translation, signed_in, translator):
    write(translation, "Old bricks", "Stare opeke!", translator)
    key = asked(translation).key
    long = "a" * 256
    response = press(signed_in, "translation_alarm_dismiss", translation, alarm=key, reason=long)
    assert response.status_code == 422
    assert long in response.content.decode()
    address = reverse("translation_alarm_dismiss", args=[translation.pk])
    data = {"alarm": key, "reason": " "}
    response = signed_in.post(address, data, headers={"Accept": "application/json"})
    assert (response.status_code, response.json()) == (422, {"error": "This field is required."})
    assert not AlarmAnswer.objects.exists()


def test_a_script_gets_the_alarms_as_they_are_then(translation, signed_in, translator):
    write(translation, "Old bricks", "Stare opeke!", translator)
    address = reverse("translation_alarm_dismiss", args=[translation.pk])
    data = {"alarm": asked(translation).key, "reason": "A shout."}
    response = signed_in.post(address, data, headers={"Accept": "application/json"})
    assert response.json()["html"] == shown(signed_in, translation)


def test_whoever_comes_too_late_keeps_what_was_typed(translation, signed_in, translator):
    write(translation, "Old bricks", "Stare opeke!", translator)
    key = asked(translation).key
    write(translation, "Old bricks", "Starejše opeke!", translator)
    for name in ("translation_alarm_dismiss", "translation_alarm_mend"):
        response = press(signed_in, name, translation, alarm=key, reason="Typed for long")
        assert response.status_code == 409
        assert "Typed for long" in response.content.decode()
    assert not AlarmAnswer.objects.exists()
    assert StringTranslation.objects.filter(data="Starejše opeke!").exists()


def test_a_mend_is_saved_in_the_name_of_whoever_asks_for_it(translation, signed_in, translator):
    text = write(translation, "Bricks come from walls.", "Opeke so  iz sten.", translator)
    only = asked(translation)
    assert (only.mended, StringTranslation.objects.get(pk=text.pk).data) == (
        "Opeke so iz sten.",
        "Opeke so  iz sten.",
    )
    press(signed_in, "translation_alarm_mend", translation, alarm=only.key)
    text.refresh_from_db()
    assert (text.data, text.last_translated_by) == ("Opeke so iz sten.", translator)
    assert asked_texts(translation) == []


def test_what_is_refused_is_not_submitted_and_stands_beside_its_text(
    translation, signed_in, translator, item
):
    text = write(translation, "Two <b>walls</b>.", "Dve steni.", translator)
    response = signed_in.post(reverse("translation_submit", args=[translation.pk]), follow=True)
    html = response.content.decode()
    assert "1 text cannot be submitted as it is." in html
    assert review_of(item) is None
    text.refresh_from_db()
    assert (text.has_error, text.field_error) == (True, "<b> of the original is missing.")
    assert f'aria-describedby="error-{segment_of(translation, "Two <b>walls</b>.").pk}"' in html
    press(
        signed_in,
        "translation_alarm_dismiss",
        translation,
        alarm=asked(translation).key,
        reason="I like it so",
    )
    assert not AlarmAnswer.objects.exists()
    with pytest.raises(SubmissionRefused):
        submit(translation, translator)


def test_what_is_asked_is_shown_once_before_it_is_submitted(
    translation, signed_in, translator, item
):
    write(translation, "Old bricks", "Stare opeke!", translator)
    response = press(signed_in, "translation_submit", translation)
    assert "this text in “!”" in response.content.decode()
    assert review_of(item) is None
    seen = response.context["seen"]
    write(translation, "What next", "Kako naprej?", translator)
    response = press(signed_in, "translation_submit", translation, seen=seen)
    assert (response.status_code, review_of(item)) == (200, None)
    seen = response.context["seen"]
    assert press(signed_in, "translation_submit", translation, seen=seen).status_code == 302
    assert review_of(item) is not None
    assert sorted(AlarmAnswer.objects.values_list("reason", "user")) == [("", translator.pk)] * 2


def test_reviewers_read_what_was_dismissed_and_what_is_open(
    translation, signed_in, translator, reviewer, item
):
    write(translation, "Old bricks", "Stare opeke!", translator)
    key = asked(translation).key
    press(signed_in, "translation_alarm_dismiss", translation, alarm=key, reason="A shout.")
    write(translation, "What next", "Kako naprej?", translator)
    seen = press(signed_in, "translation_submit", translation).context["seen"]
    press(signed_in, "translation_submit", translation, seen=seen)
    signed_in.force_login(reviewer)
    review = reverse("moderation_review", args=[review_of(item).pk])
    html = signed_in.get(review).content.decode()
    assert "<blockquote>A shout.</blockquote>" in html
    assert "Kako naprej<mark>?</mark>" in html
    assert 'data-alarm="dismiss"' not in html


def test_nothing_is_dismissed_or_mended_while_a_version_waits(
    translation, signed_in, translator, item
):
    write(translation, "Old bricks", "Stare opeke!", translator)
    seen = press(signed_in, "translation_submit", translation).context["seen"]
    press(signed_in, "translation_submit", translation, seen=seen)
    key = asked(translation).key
    assert 'data-alarm="' not in shown(signed_in, translation)
    for name in ("translation_alarm_dismiss", "translation_alarm_mend"):
        press(signed_in, name, translation, alarm=key, reason="Late")
    assert StringTranslation.objects.filter(data="Stare opeke!").exists()
    assert not AlarmAnswer.objects.exclude(reason="").exists()


@pytest.mark.parametrize(
    "role", [roles.TRANSLATOR.group_name("pl"), roles.REVIEWER.group_name("sl")]
)
def test_others_than_its_translators_do_nothing(translation, client, translator, person, role):
    write(translation, "Old bricks", "Stare opeke!", translator)
    key = asked(translation).key
    client.force_login(person("other", role))
    for name in ("translation_alarm_dismiss", "translation_alarm_mend"):
        response = press(client, name, translation, alarm=key, reason="Mine")
        assert response.status_code == 403
    response = client.get(reverse("translation_alarms", args=[translation.pk]))
    assert (response.status_code, response.url) == (302, "/cms/")
    assert not AlarmAnswer.objects.exists()
    assert StringTranslation.objects.filter(data="Stare opeke!").exists()


def test_an_alarm_of_another_translation_is_none_here(translation, signed_in, translator, news):
    other = request_translation(factories.add_news(news, title="New", slug="new"), "sl")
    segment = StringSegment.objects.get(source=other.source, context__path="title")
    save_text(other, segment, "Novo!", translator)
    key = asked(other).key
    response = press(signed_in, "translation_alarm_dismiss", translation, alarm=key, reason="Mine")
    assert (response.status_code, AlarmAnswer.objects.count()) == (409, 0)


def test_two_texts_of_one_language_are_held_against_each_other(translation, translator, news):
    other = request_translation(factories.add_news(news, title="Old bricks", slug="new"), "sl")
    segment = StringSegment.objects.get(source=other.source, context__path="title")
    save_text(other, segment, "Rabljeni zidaki", translator)
    assert "“Rabljeni zidaki”" in asked(translation).alarm.message


def test_the_alarms_cost_the_same_for_one_and_for_many_texts(
    news, translator, django_assert_num_queries
):
    short = factories.add_news(news, title="Short", slug="short")
    rows = [("heading", f"Wall {number}") for number in range(60)]
    long = factories.add_news(news, title="Long", slug="long", body=rows)
    for page in (short, long):
        translation = request_translation(page, "sl")
        for segment in StringSegment.objects.filter(source=translation.source):
            save_text(translation, segment, "Zid!", translator)
        asked_texts(translation)
        with django_assert_num_queries(7):
            assert asked_texts(translation)


def test_a_file_is_held_against_the_same_checks(translation, signed_in, item):
    address = reverse("wagtail_localize:download_pofile", args=[translation.pk])
    po = signed_in.get(address).content.decode()
    upload = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    broken = po.replace("Dve <b>steni</b>.", "Dve steni.")
    response = signed_in.post(upload, {"file": po_file(broken)})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Markup: &lt;b&gt; of the original is missing." in html
    assert StringTranslation.objects.filter(data="Dve <b>steni</b>.").exists()
    asking = po.replace("31. marca 2027", "13. aprila 2072")
    response = signed_in.post(upload, {"file": po_file(asking)}, follow=True)
    html = response.content.decode()
    assert "2 questions about these texts" in html
    assert "Dates: The original has the date “31 March 2027”." in html
    assert StringTranslation.objects.filter(data="Ena stena do 13. aprila 2072.").exists()
