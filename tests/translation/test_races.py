"""Several people at the same moment.

Nothing is made twice, and nothing that changed goes unseen.
"""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale, Page, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from ecca_site.access import roles
from ecca_site.translation.models import Release, SourceChange, TranslationState
from ecca_site.translation.releases.release import bind
from ecca_site.translation.staleness.publications import rebuild
from ecca_site.translation.submission.requests import request_translation as ask
from ecca_site.translation.submission.submit import submit
from news.models import NewsPage
from tests.races import MARKS, at_once, signed_in

from .conftest import change, fill, hand_in, publish_translation, request_translation

ROUNDS = 5

pytestmark = MARKS


def test_a_translation_is_submitted_once(item, person):
    translators = [person(name, roles.TRANSLATOR.group_name("sl")) for name in ("first", "second")]
    translation = request_translation(item, "sl")
    fill(translation)
    for _round in range(ROUNDS):
        results = at_once(
            *(
                lambda user=user: submit(Translation.objects.get(pk=translation.pk), user)
                for user in translators
            )
        )
        assert [str(result) for result in results if isinstance(result, Exception)] == [
            "This translation waits for a decision. Withdraw it first if you want to change it."
        ]
        state = WorkflowState.objects.get(status="in_progress")
        state.cancel()


def test_a_translation_is_asked_for_once(item):
    for code in ("sl", "pl"):
        locale = Locale.objects.get(language_code=code)
        translations = at_once(
            *[lambda locale=locale: ask(NewsPage.objects.get(pk=item.pk), locale)] * 3
        )
        assert (
            translations
            == [
                Translation.objects.get(
                    target_locale=locale, source__object_id=item.translation_key
                )
            ]
            * 3
        )
        assert Page.objects.filter(translation_key=item.translation_key, locale=locale).count() == 1


def test_a_change_at_the_moment_of_submitting_is_in_it_or_makes_it_stale(item, person):
    translator, reviewer = (
        person("t", roles.TRANSLATOR.group_name("sl")),
        person("r", roles.REVIEWER.group_name("sl")),
    )
    page = publish_translation(item, "sl")
    for number in range(ROUNDS):
        change(item, title=f"Bricks {number}")
        translation = request_translation(item, "sl")
        fill(translation)
        at_once(
            lambda pk=translation.pk: submit(Translation.objects.get(pk=pk), translator),
            lambda number=number: change(item, summary=f"Bricks are used {number} times."),
        )
        state = NewsPage.objects.get(pk=page.pk).current_workflow_task_state
        if state is None:  # the change was first, and its text is missing
            fill(request_translation(item, "sl"))
            submit(Translation.objects.get(pk=translation.pk), translator)
            state = NewsPage.objects.get(pk=page.pk).current_workflow_task_state
        state.task.specific.on_action(state, reviewer, "approve")
        live, source = NewsPage.objects.get(pk=page.pk), NewsPage.objects.get(pk=item.pk)
        is_current = live.summary == f"{source.summary} (sl)"
        assert TranslationState.objects.get(page=page).is_stale != is_current
        assert rebuild() == 0


def test_two_languages_approved_at_once_go_live_with_their_source_once(item, person):
    people = {code: person(code, roles.TRANSLATOR.group_name(code)) for code in ("sl", "pl")}
    reviewers = {
        code: person(f"r-{code}", roles.REVIEWER.group_name(code)) for code in ("en", "sl", "pl")
    }
    editor = person("editor", roles.EDITOR.name)
    for number in range(ROUNDS):
        languages = {Locale.objects.get(language_code=code): True for code in people}
        bind(item, editor, languages=languages)
        page = NewsPage.objects.get(pk=item.pk)
        page.summary = f"Bricks are used {number} times."
        page.save_revision(user=editor)
        page.get_workflow().start(page, editor)
        decide(page.pk, reviewers["en"])
        targets = {}
        for code, user in people.items():
            translation = request_translation(NewsPage.objects.get(pk=item.pk), code)
            fill(translation)
            targets[code] = submit(translation, user).pk
        before = SourceChange.objects.count()
        results = at_once(
            *(lambda code=code, pk=pk: decide(pk, reviewers[code]) for code, pk in targets.items())
        )
        assert results == [None, None]
        summaries = {found.locale.language_code: found.summary for found in NewsPage.objects.live()}
        text = f"Bricks are used {number} times."
        assert summaries == {"en": text, "sl": f"{text} (sl)", "pl": f"{text} (pl)"}
        assert SourceChange.objects.count() == before
        assert not Release.objects.filter(ended_at=None).exists()
        assert not TranslationState.objects.stale().exists()


def decide(pk, user):
    state = TaskState.objects.get(pk=NewsPage.objects.get(pk=pk).current_workflow_task_state.pk)
    state.task.specific.on_action(state, user, "approve")


def test_files_of_two_translators_and_a_submission_are_one_after_the_other(item, person):
    group = roles.TRANSLATOR.group_name("sl")
    people = [signed_in(person(name, group)) for name in ("first", "second", "third")]
    translation = request_translation(item, "sl")
    fill(translation)
    upload = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    for number in range(ROUNDS):
        files = [po_file(translation, f"{name} {number}") for name in ("A", "B")]
        answers = at_once(
            lambda file=files[0]: people[0].post(upload, {"file": file}),
            lambda file=files[1]: people[1].post(upload, {"file": file}),
            lambda: hand_in(people[2], translation),
        )
        assert [answer.status_code for answer in answers if answer.status_code >= 500] == []
        texts = StringTranslation.objects.filter(locale=translation.target_locale)
        assert texts.count() == texts.values("translation_of", "context").distinct().count()
        for review in WorkflowState.objects.active():
            version = review.current_task_state.revision.as_object()
            words = version.title.removeprefix(item.title)
            assert version.summary == f"{item.summary}{words}"  # of one file, not of both
            review.cancel()


def po_file(translation, words):
    catalogue = translation.export_po()
    for entry in catalogue:
        entry.msgstr = f"{entry.msgid} {words}"
    return SimpleUploadedFile("texts.po", str(catalogue).encode())
