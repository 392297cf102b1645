"""A translator submits from the translation editor.

Visitors see nothing of it before a reviewer has approved it.
"""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Locale, WorkflowPage
from wagtail_localize.models import StringSegment, StringTranslation

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.moderation.models import ReviewRefused
from ecca_site.translation.models import TranslationState
from ecca_site.translation.submission.submit import submit
from news.models import NewsPage
from tests import factories

from .conftest import backlog, change, fill, hand_in, publish_translation, request_translation

PUBLIC = ["/sl/news/{slug}/", "/sl/news/", "/sl/news.rss", "/sl/search/?q=opeke"]
PUBLIC += ["/sitemap.xml", "/sitemap-sl-1.xml"]


@pytest.fixture
def translation(item):
    return request_translation(item, "sl")


def target(item):
    return NewsPage.objects.get(translation_key=item.translation_key, locale__language_code="sl")


def press_submit(client, translation):
    return hand_in(client, translation, follow=True)


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


def decide(item, user, action="approve", comment=""):
    state = target(item).current_workflow_task_state
    state.task.specific.on_action(state, user, action, comment=comment)


def what_visitors_get(client, page):
    cache.clear()
    return {address: client.get(address.format(slug=page.slug)).content for address in PUBLIC}


def say(translation, place, text):
    """Translate the text at a place of the page."""
    segment = StringSegment.objects.get(source=translation.source, context__path=place)
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        defaults={"data": text},
    )


def test_a_first_translation_is_public_when_it_is_approved_and_not_before(
    item, translation, translator, reviewer, client
):
    fill(translation)
    say(translation, "title", "Živi krog")
    client.force_login(translator)
    assert said(press_submit(client, translation)) == ["“Živi krog” was submitted for review."]
    page = target(item)
    assert (page.live, page.slug, page.get_latest_revision().as_object().title) == (
        False,
        "zivi-krog",
        "Živi krog",
    )
    client.logout()
    assert client.get("/sl/news/zivi-krog/").status_code == 404
    decide(item, reviewer)
    page = target(item)
    assert (page.live, page.title, page.summary) == (
        True,
        "Živi krog",
        "Bricks are used again. (sl)",
    )
    assert client.get("/sl/news/zivi-krog/").status_code == 200
    assert backlog(page) == (False, 0, 0)


def test_it_waits_in_the_queue_of_its_language_alone(
    item, translation, translator, reviewer, person, client
):
    fill(translation)
    submit(translation, translator)
    polish = person("polish", roles.REVIEWER.group_name("pl"))
    queues = {}
    for user in (reviewer, polish):
        client.force_login(user)
        queues[user.username] = [
            state.item.title for state in client.get("/cms/moderation/").context["object_list"]
        ]
    assert queues == {"reviewer": ["Old bricks (sl)"], "polish": []}
    translator.groups.add(*reviewer.groups.all())
    with pytest.raises(ReviewRefused, match="cannot approve"):
        decide(item, translator)


def test_an_update_changes_nothing_for_visitors_before_it_is_approved(
    item, translator, reviewer, client
):
    page = publish_translation(item, "sl")
    say(request_translation(item, "sl"), "summary", "Opeke še enkrat.")
    before = what_visitors_get(client, page)
    item = change(item, title="New bricks", summary="Bricks are used twice.")
    with_notice = what_visitors_get(client, page)
    translation = request_translation(item, "sl")
    say(translation, "title", "Nove opeke")
    say(translation, "summary", "Opeke še dvakrat.")
    submit(translation, translator)
    assert what_visitors_get(client, page) == with_notice
    assert {name: body for name, body in before.items() if "search" in name or "rss" in name} == {
        name: body for name, body in with_notice.items() if "search" in name or "rss" in name
    }
    client.force_login(translator)
    assert client.get(f"/cms/api/main/pages/{page.pk}/").json()["title"] == page.title
    client.logout()
    assert backlog(page)[0]
    decide(item, reviewer)
    assert (target(item).title, target(item).summary, target(item).slug) == (
        "Nove opeke",
        "Opeke še dvakrat.",
        page.slug,
    )
    after = what_visitors_get(client, page)
    assert all(after[name] != before[name] for name in PUBLIC[:3])
    assert backlog(page) == (False, 0, 0)


def test_a_missing_text_refuses_it_and_is_shown(item, translation, translator, client):
    fill(translation)
    StringTranslation.objects.filter(
        locale=translation.target_locale, context__path="summary"
    ).delete()
    client.force_login(translator)
    response = press_submit(client, translation)
    assert said(response) == ["1 text is not translated yet."]
    assert [(text.label, text.source) for text in response.context["work"].open_texts] == [
        ("Summary", "Bricks are used again.")
    ]
    assert target(item).current_workflow_state is None


def test_a_text_that_does_not_fit_refuses_it_and_is_shown(item, translation, translator, client):
    fill(translation)
    say(translation, "summary", "ž" * 300)
    client.force_login(translator)
    response = press_submit(client, translation)
    assert said(response) == ["Ensure this value has at most 255 characters (it has 300)."]
    [text] = response.context["work"].open_texts
    assert (text.label, text.error) == (
        "Summary",
        "Ensure this value has at most 255 characters (it has 300).",
    )
    assert target(item).current_workflow_state is None


def test_a_text_of_a_block_that_does_not_fit_is_shown_with_its_place(news, translator, client):
    figures = [{"value": "24", "label": "clusters"}, {"value": "7", "label": "languages"}]
    item = factories.add_news(
        news, body=[("key_figures", {"title": "Numbers", "figures": figures})]
    )
    translation = request_translation(item, "sl")
    fill(translation)
    place = StringSegment.objects.get(source=translation.source, string__data="7").context.path
    texts = StringTranslation.objects.filter(context__path=place)
    texts.update(data="približno sedem jezikov")  # saved before the block had its limit
    client.force_login(translator)
    response = press_submit(client, translation)
    assert said(response) == ["Ensure this value has at most 20 characters (it has 23)."]
    [text] = response.context["work"].open_texts
    assert (text.label, text.source) == ("Body: Key figures, Figures, Figure", "7")
    say(translation, place, "sedem")
    texts.update(has_error=False)
    assert said(press_submit(client, translation)) == [
        f"“{item.title} (sl)” was submitted for review."
    ]


def test_a_text_is_saved_beside_its_original(item, translation, translator, client):
    client.force_login(translator)
    segment = StringSegment.objects.get(source=translation.source, context__path="summary")
    address = f"/cms/translations/{translation.pk}/texts/{segment.pk}/"
    for data, reason in (
        (" ", "This text is empty."),
        ("<h2>Opeke</h2>", "&lt;h2&gt; is not allowed in this text."),
    ):
        response = client.post(address, {"data": data})
        assert response.status_code == 422
        assert reason in response.content.decode()
        assert response.context["data"] == data.strip(), "what was typed is still there"
    assert not StringTranslation.objects.filter(context=segment.context).exists()
    assert said(client.post(address, {"data": "Opeke še enkrat."}, follow=True)) == [
        "The text was saved."
    ]
    stored = StringTranslation.objects.get(context=segment.context)
    assert (stored.data, stored.last_translated_by) == ("Opeke še enkrat.", translator)


def test_a_draft_of_a_machine_refuses_it_until_somebody_confirms_it(
    item, translation, translator, client
):
    fill(translation)
    texts = StringTranslation.objects.filter(
        context__object_id=item.translation_key, context__path="summary"
    )
    texts.update(translation_type="machine")
    client.force_login(translator)
    assert said(press_submit(client, translation)) == ["1 draft by a machine is not confirmed yet."]
    assert target(item).current_workflow_state is None
    client.post(f"/cms/localize/translate/{translation.pk}/confirm/", {"text": texts.get().pk})
    assert said(press_submit(client, translation))[-1].endswith("was submitted for review.")


@pytest.mark.parametrize("outcome", ["withdrawn", "sent back"])
def test_while_it_waits_its_texts_stay_as_they_are(
    item, translation, translator, reviewer, client, outcome
):
    fill(translation)
    submit(translation, translator)
    client.force_login(translator)
    segment = StringSegment.objects.get(source=translation.source, context__path="summary")
    stored = StringTranslation.objects.get(context=segment.context)
    base = f"/cms/localize/translate/{translation.pk}"
    put = {"content_type": "application/x-www-form-urlencoded", "data": "value=Other"}
    po = translation.export_po()
    po.find("Bricks are used again.").msgstr = "From a file"

    def attempts():
        return [
            client.put(f"{base}/strings/{segment.pk}/edit/", **put).status_code,
            client.delete(f"{base}/strings/{segment.pk}/edit/").status_code,
            said(
                client.post(
                    f"{base}/pofile/upload/",
                    {"file": SimpleUploadedFile("a.po", str(po).encode())},
                    follow=True,
                )
            ),
            client.post(
                f"/cms/translations/{translation.pk}/texts/{segment.pk}/", {"data": "Other"}
            ).status_code,
            said(press_submit(client, translation)),
        ]

    waits = ["This translation waits for a decision. Withdraw it first if you want to change it."]
    assert attempts() == [423, 423, waits, 423, waits]
    stored.refresh_from_db()
    assert stored.data == "Bricks are used again. (sl)"
    assert '"isLocked": true' in client.get(f"/cms/pages/{target(item).pk}/edit/").context["props"]
    if outcome == "withdrawn":
        client.post(f"/cms/moderation/pages/{target(item).pk}/withdraw/", follow=True)
    else:
        decide(item, reviewer, "reject", "The summary is odd.")
        assert (
            "The summary is odd."
            in client.get(f"/cms/pages/{target(item).pk}/edit/").content.decode()
        )
    assert client.put(f"{base}/strings/{segment.pk}/edit/", **put).status_code == 200
    assert said(press_submit(client, translation)) == [
        "“Old bricks (sl)” was submitted for review."
    ]
    assert target(item).workflow_states.count() == 1
    decide(item, reviewer)
    assert target(item).summary == "Other"


def test_what_nobody_moderates_is_published_at_once(item, translation, translator, client):
    WorkflowPage.objects.all().delete()
    fill(translation)
    client.force_login(translator)
    assert said(press_submit(client, translation)) == ["“Old bricks (sl)” was published."]
    assert target(item).live


def test_others_than_its_translators_change_nothing(item, translation, person, client):
    fill(translation)
    segment = StringSegment.objects.get(source=translation.source, context__path="summary")
    count = StringTranslation.objects.count()
    for name in (roles.TRANSLATOR.group_name("pl"), roles.REVIEWER.group_name("sl")):
        client.force_login(person(name, name))
        for address in (
            f"/cms/translations/{translation.pk}/submit/",
            f"/cms/translations/{translation.pk}/texts/{segment.pk}/",
            f"/cms/translations/pages/{target(item).pk}/confirm/",
        ):
            response = client.post(address, {"data": "Mine", "reason": "Mine"})
            assert response.status_code == 403
    assert target(item).current_workflow_state is None
    assert not StringTranslation.objects.filter(data="Mine").exists()
    assert StringTranslation.objects.count() == count


def test_no_change_needed_clears_it_with_a_reason_that_is_logged(item, translator, client):
    page = publish_translation(item, "sl")
    change(item, summary="Bricks are used again, often.", note="Often")
    client.force_login(translator)
    address = f"/cms/translations/pages/{page.pk}/confirm/"
    assert client.post(address, {"reason": " "}).status_code == 422
    assert backlog(page) == (True, 1, 5)
    client.post(address, {"reason": "Slovenian says it already."})
    assert backlog(page) == (False, 0, 0)
    entry = page.get_translation(Locale.objects.get(language_code="sl"))._meta.model.objects.get(
        pk=page.pk
    )
    assert entry.summary == "Bricks are used again. (sl)"
    from wagtail.models import PageLogEntry

    logged = PageLogEntry.objects.get(action="translation.confirm")
    assert (logged.page_id, logged.user, logged.data["comment"]) == (
        page.pk,
        translator,
        "Slovenian says it already.",
    )
    # The text counts as translated: the next submission does not ask for it again.
    translation = request_translation(item, "sl")
    assert translation.get_progress() == (translation.get_progress()[0],) * 2
    response = client.post(address, {"reason": "Again"})
    assert response.status_code == 422
    assert TranslationState.objects.get(page=page).translated_at == page.live_revision.created_at


def test_an_organisation_submits_the_translation_of_its_profile(site, person, client):
    factories.home_of("sl")
    index = factories.add_partner_index(site)
    factories.translated(index, "sl")
    profile = factories.add_partner(index, title="Stone")
    translation = request_translation(profile, "sl")
    setup_site()
    fill(translation)
    client.force_login(person("stone", roles.PARTNER_ORGANISATION.group_name("Stone")))
    assert (
        client.get(f"/cms/pages/{translation.get_target_instance().pk}/edit/")
        .context["work"]
        .open_texts
        == []
    )
    assert said(press_submit(client, translation)) == ["“Stone (sl)” was submitted for review."]
    state = translation.get_target_instance().current_workflow_state
    assert state.workflow.name == "Partner moderation"
