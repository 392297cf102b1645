"""A page and its languages go live together, in one transaction.

A language that fails breaks nothing.
"""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page, Revision

from ecca_site.access import roles
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import ReviewRefused, SealBroken
from ecca_site.moderation.sealing.seals import take_facts
from ecca_site.translation.models import Release, SourceChange
from ecca_site.translation.releases.release import bind, open_release, unbind
from ecca_site.translation.submission.submit import SubmissionRefused, submit
from ecca_site.translation.submission.work import Work
from ecca_site.uploads.files import is_in_use
from news.models import NewsPage
from tests import factories
from tests.uploads.test_broken_pictures import break_file

from .conftest import backlog, fill, publish_translation, request_translation
from .test_staleness import rebuild


def locale(code):
    return Locale.objects.get(language_code=code)


@pytest.fixture
def people(news, person):
    """Who edits, translates and reviews, by name and language."""
    users = {"editor": person("editor", roles.EDITOR.name)}
    for code in ("en", "sl", "pl"):
        users[f"translator {code}"] = person(
            f"translator-{code}", roles.TRANSLATOR.group_name(code)
        )
        users[f"reviewer {code}"] = person(f"reviewer-{code}", roles.REVIEWER.group_name(code))
    return users


@pytest.fixture
def draft(news, people):
    """A news item that was never published."""
    page = NewsPage(
        title="Bricks",
        slug="bricks",
        summary="Bricks.",
        date="2026-05-01",
        topic="events",
        live=False,
    )
    page.locale = news.locale
    page = news.add_child(instance=page)
    page.save_revision(user=people["editor"])
    return page


def approve(page, people):
    state = NewsPage.objects.get(pk=page.pk).current_workflow_task_state
    reviewer = people[f"reviewer {page.locale.language_code}"]
    state.task.specific.on_action(state, reviewer, "approve")


def submit_source(page, people, **changes):
    page = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=people["editor"])
    page.get_workflow().start(page, people["editor"])
    approve(page, people)


def translate(page, code, people, *, is_approved=True):
    translation = request_translation(page, code)
    fill(translation)
    target = submit(translation, people[f"translator {code}"])
    if is_approved:
        approve(target, people)
    return target


def live(page):
    pages = NewsPage.objects.filter(translation_key=page.translation_key, live=True).select_related(
        "locale"
    )
    return {found.locale.language_code: found.summary for found in pages}


def test_a_new_page_waits_for_its_required_language_and_takes_along_what_is_ready(
    draft, people, client
):
    bind(draft, people["editor"], languages={locale("sl"): True, locale("pl"): False})
    submit_source(draft, people)
    assert live(draft) == {}
    mails = Mail.objects.filter(key__startswith="release")
    assert sorted(mail.user.username for mail in mails) == ["translator-pl", "translator-sl"]
    translate(draft, "pl", people)
    assert live(draft) == {}
    assert client.get("/en/news/bricks/").status_code == 404
    translate(draft, "sl", people)
    assert live(draft) == {"en": "Bricks.", "pl": "Bricks. (pl)", "sl": "Bricks. (sl)"}
    assert Release.objects.get().ended_at is not None
    assert client.get("/sl/news/bricks-sl/").status_code == 200


def test_what_waits_and_cannot_be_shown_any_more_stays_waiting_when_it_is_let_go(draft, people):
    image = factories.make_image(title="Wall", size=(200, 120))
    bind(draft, people["editor"], languages={locale("sl"): True})
    submit_source(draft, people, lead_image=image)
    break_file(image)
    image.renditions.all().delete()
    with (
        pytest.raises(ReviewRefused, match="These pictures cannot be shown: Wall"),
        transaction.atomic(),
    ):
        unbind(draft, people["editor"])
    assert live(draft) == {}
    assert open_release(draft.pk).revision.as_object().lead_image == image


# --- What shows something else than what was approved --------------------------------------------
def exchange(image):
    image.file = factories.make_image(size=(30, 20)).file.name
    image.save()


def test_a_source_that_shows_something_else_by_now_waits_again_and_takes_its_languages_along(
    draft, people
):
    image = factories.make_image(title="Wall", size=(200, 120))
    bind(draft, people["editor"], languages={locale("sl"): True})
    submit_source(draft, people, lead_image=image)
    target = translate(draft, "sl", people, is_approved=False)
    exchange(image)
    state = NewsPage.objects.get(pk=target.pk).current_workflow_task_state
    for _look in range(2):
        with suppress(SealBroken):
            state.task.specific.on_action(state, people["reviewer sl"], "approve")
    assert live(draft) == {}
    release = open_release(draft.pk)
    assert release.revision is None
    assert release.languages.get().revision_id == state.revision_id, "nothing approved is lost"
    assert "picture “Wall” (changed)" in Mail.objects.get(key__startswith="held-back:").text
    approve(draft, people)
    assert live(draft).keys() == {"en", "sl"}


def test_a_language_that_shows_something_else_by_now_waits_again(draft, people):
    image = factories.make_image(title="Wall", size=(200, 120))
    bind(draft, people["editor"], languages={locale("sl"): True, locale("pl"): True})
    submit_source(draft, people)
    target = translate(draft, "sl", people, is_approved=False)
    state = NewsPage.objects.get(pk=target.pk).current_workflow_task_state
    Revision.objects.filter(pk=state.revision_id).update(
        content=state.revision.content | {"lead_image": image.pk}
    )
    for _look in range(2):
        with suppress(SealBroken):
            state.task.specific.on_action(state, people["reviewer sl"], "approve")
    exchange(image)
    translate(draft, "pl", people)
    assert live(draft) == {}
    language = open_release(draft.pk).languages.get(locale=locale("sl"))
    assert language.revision is None
    assert "picture “Wall” (changed)" in language.error
    approve(target, people)
    assert live(draft).keys() == {"en", "sl", "pl"}


def test_what_waits_for_its_languages_keeps_its_files(draft, people):
    image = factories.make_image(title="Wall", size=(200, 120))
    bind(draft, people["editor"], languages={locale("sl"): True})
    submit_source(draft, people, lead_image=image)
    later = NewsPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    later.lead_image = None
    later.save_revision(user=people["editor"])
    assert is_in_use(image)


def test_facts_of_an_approved_original_do_not_break_the_seal_of_a_translation(item, people):
    image = factories.make_image(title="Wall", size=(200, 120))
    state = NewsPage.objects.get(
        pk=translate(item, "sl", people, is_approved=False).pk
    ).current_workflow_task_state
    Revision.objects.filter(pk=state.revision_id).update(
        content=state.revision.content | {"lead_image": image.pk}
    )
    take_facts(Revision.objects.get(pk=state.revision_id))
    approve(NewsPage.objects.get(pk=state.revision.object_id), people)
    assert live(item).keys() == {"en", "sl"}


def test_a_language_that_cannot_be_shown_says_why_and_holds_back_only_itself(
    draft, people, monkeypatch
):
    bind(draft, people["editor"], languages={locale("sl"): True, locale("pl"): False})
    submit_source(draft, people)
    translate(draft, "pl", people)
    render = NewsPage.structured_data

    def fail_in_polish(page, request):
        if page.locale.language_code == "pl":
            raise LookupError("no such brick")
        return render(page, request)

    monkeypatch.setattr(NewsPage, "structured_data", fail_in_polish)
    translate(draft, "sl", people)
    assert live(draft).keys() == {"en", "sl"}
    assert (
        "LookupError: no such brick"
        in Release.objects.get().languages.get(locale=locale("pl")).error
    )


def test_an_optional_language_that_is_late_comes_by_itself(draft, people):
    bind(draft, people["editor"], languages={locale("sl"): True, locale("pl"): False})
    submit_source(draft, people)
    translate(draft, "sl", people)
    assert live(draft) == {"en": "Bricks.", "sl": "Bricks. (sl)"}
    translate(draft, "pl", people)
    assert live(draft)["pl"] == "Bricks. (pl)"


def test_a_change_of_a_live_page_is_seen_by_translators_first_and_makes_nothing_stale(item, people):
    slovenian, polish = publish_translation(item, "sl"), publish_translation(item, "pl")
    bind(item, people["editor"], languages={locale("sl"): True})
    submit_source(item, people, summary="Bricks are used twice.")
    assert live(item)["en"] == "Bricks are used again."
    assert (backlog(slovenian), backlog(polish)) == ((False, 0, 0), (False, 0, 0))
    assert rebuild() == 0
    [mail] = Mail.objects.filter(key__startswith="source-change")
    assert mail.user.username == "translator-sl"
    assert "A change of “Old bricks” is approved and waits for its translation." in mail.text
    assert "Published on" not in mail.text
    translate(item, "sl", people)
    assert live(item) == {
        "en": "Bricks are used twice.",
        "sl": "Bricks are used twice. (sl)",
        "pl": "Bricks are used again. (pl)",
    }
    assert (backlog(slovenian), backlog(polish)) == ((False, 0, 0), (True, 1, 4))
    assert SourceChange.objects.get().published_at == Page.objects.get(pk=item.pk).last_published_at
    assert rebuild() == 0


def test_translators_read_which_texts_a_version_that_waits_leaves_out(item, people):
    slovenian = publish_translation(item, "sl")
    bind(item, people["editor"], languages={locale("sl"): True})
    submit_source(item, people, body=[])
    work = Work(request_translation(item, "sl"), slovenian)
    assert work.gone == ["One wall.", "Two walls.", "What next"]


def test_a_translation_of_the_live_version_does_not_wait(item, people):
    target = translate(item, "sl", people, is_approved=False)
    bind(item, people["editor"], languages={locale("sl"): True})
    submit_source(item, people, summary="Bricks are used twice.")
    approve(target, people)
    assert live(item) == {"en": "Bricks are used again.", "sl": "Bricks are used again. (sl)"}
    assert open_release(item.pk).languages.get().revision is None


def test_the_source_now_and_the_others_as_they_come(draft, people):
    bind(draft, people["editor"], languages={locale("sl"): False}, waits=False)
    submit_source(draft, people)
    assert live(draft) == {"en": "Bricks."}
    assert draft.get_translations().get().live is False
    assert open_release(draft.pk) is None
    translate(draft, "sl", people)
    assert live(draft) == {"en": "Bricks.", "sl": "Bricks. (sl)"}


@pytest.fixture
def failing(monkeypatch):
    """Let the publication of a language fail, as a title that another page has taken meanwhile
    does.
    """
    publish = Revision.publish
    codes = []

    def maybe(self, *args, **kwargs):
        if self.content_object.locale.language_code in codes:
            raise ValidationError("This slug is taken.")
        return publish(self, *args, **kwargs)

    monkeypatch.setattr(Revision, "publish", maybe)
    return codes


def test_an_optional_language_that_fails_breaks_nothing(draft, people, failing):
    failing.append("pl")
    bind(draft, people["editor"], languages={locale("sl"): True, locale("pl"): False})
    submit_source(draft, people)
    translate(draft, "pl", people)
    translate(draft, "sl", people)
    assert live(draft) == {"en": "Bricks.", "sl": "Bricks. (sl)"}
    assert Release.objects.get().languages.get(locale=locale("pl")).error == "This slug is taken."


def test_a_required_language_that_fails_leaves_all_as_it_was_until_it_is_tried_again(
    draft, people, failing, client
):
    failing.append("sl")
    bind(draft, people["editor"], languages={locale("sl"): True, locale("pl"): False})
    submit_source(draft, people)
    translate(draft, "pl", people)
    translate(draft, "sl", people)
    assert live(draft) == {}
    client.force_login(people["editor"])
    address = f"/cms/translations/pages/{draft.pk}/together/"
    assert "could not be published: This slug is taken." in client.get(address).content.decode()
    assert client.post(address, {"action": "retry"}).status_code == 422
    failing.clear()
    assert client.post(address, {"action": "retry"}).status_code == 302
    assert live(draft) == {"en": "Bricks.", "pl": "Bricks. (pl)", "sl": "Bricks. (sl)"}


def test_waiting_no_longer_publishes_what_is_approved(draft, people, client):
    bind(draft, people["editor"], languages={locale("sl"): True, locale("pl"): True})
    submit_source(draft, people)
    translate(draft, "sl", people)
    assert live(draft) == {}
    client.force_login(people["editor"])
    client.post(f"/cms/translations/pages/{draft.pk}/together/", {"action": "unbind"})
    assert live(draft) == {"en": "Bricks.", "sl": "Bricks. (sl)"}


def test_another_version_that_goes_live_ends_the_waiting(item, people):
    slovenian = publish_translation(item, "sl")
    bind(item, people["editor"], languages={locale("sl"): True})
    submit_source(item, people, summary="Bricks are used twice.")
    page = NewsPage.objects.get(pk=item.pk)
    page.summary = "Bricks are used for ever."
    page.save_revision().publish()
    assert open_release(item.pk) is None
    assert backlog(slovenian) == (True, 1, 5)
    translate(item, "sl", people)
    assert live(item) == {"en": "Bricks are used for ever.", "sl": "Bricks are used for ever. (sl)"}
    assert rebuild() == 0


def test_a_later_version_of_the_source_is_translated_again(item, people):
    publish_translation(item, "sl")
    bind(item, people["editor"], languages={locale("sl"): True, locale("pl"): True})
    submit_source(item, people, summary="Bricks are used twice.")
    translate(item, "sl", people)
    submit_source(item, people, summary="Bricks are used thrice.")
    translate(item, "pl", people)
    assert live(item)["en"] == "Bricks are used again."
    translate(item, "sl", people)
    assert live(item) == {
        "en": "Bricks are used thrice.",
        "sl": "Bricks are used thrice. (sl)",
        "pl": "Bricks are used thrice. (pl)",
    }


def test_an_editor_binds_languages_on_a_page_of_the_cms(draft, people, client):
    client.force_login(people["editor"])
    address = f"/cms/translations/pages/{draft.pk}/together/"
    assert client.get(address).status_code == 200
    response = client.post(address, {"action": "bind", "waits": "1"})
    assert (response.status_code, response.context["form"].non_field_errors()) == (
        422,
        ["Choose at least one language."],
    )
    assert client.post(address, {"action": "bind", "sl": "nonsense"}).status_code == 422
    assert (
        client.post(
            address, {"action": "bind", "waits": "1", "sl": "required", "pl": "optional"}
        ).status_code
        == 302
    )
    release = Release.objects.get()
    assert (release.waits, release.created_by) == (True, people["editor"])
    assert dict(release.languages.values_list("locale__language_code", "is_required")) == {
        "sl": True,
        "pl": False,
    }
    client.post(address, {"action": "bind", "waits": "", "sl": "optional"})
    release = Release.objects.get()
    assert (release.waits, release.languages.get().is_required) == (False, False)


def test_nobody_else_binds(draft, item, people, client):
    slovenian = factories.translated(item, "sl")
    for name, page in (("translator sl", draft), ("reviewer en", draft), ("editor", slovenian)):
        client.force_login(people[name])
        response = client.post(
            f"/cms/translations/pages/{page.pk}/together/", {"action": "bind", "sl": "required"}
        )
        assert response.status_code == 403
    assert not Release.objects.exists()


def test_what_waits_already_is_not_bound_anew(draft, people):
    bind(draft, people["editor"], languages={locale("sl"): True})
    submit_source(draft, people)
    with pytest.raises(SubmissionRefused, match="waits already"):
        bind(draft, people["editor"], languages={locale("pl"): True})
