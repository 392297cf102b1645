"""Translators and reviewers act in their languages alone, by every address that is open to them."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)

from ecca_site.access import areas, roles
from ecca_site.moderation.models import Claim, GuestLink
from ecca_site.translation.glossary.models import Term
from ecca_site.translation.localize import po
from ecca_site.translation.localize.access import translations_for
from ecca_site.translation.submission.submit import submit
from tests import factories

from .conftest import fill, request_translation

SECRET = "Tajne stare cegły"
FORM = {
    "value": "x", "data": "x", "action": "publish", "comment": "Because.", "reason": "Because.",
    "kind": "unpublish",
    "title": "x", "slug": "x", "locales": [1], "external-link-chooser-url": "/",
}  # fmt: skip


def addresses(resolver, namespaces=(), converters=()):
    """Yield the name of every address of the site with the names of its parts."""
    for pattern in resolver.url_patterns:
        regex = getattr(pattern.pattern, "regex", None)
        parts = {*converters, *(regex.groupindex if regex else ())}
        if hasattr(pattern, "url_patterns"):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from addresses(pattern, inner, parts)
        elif pattern.name:
            yield ":".join([*namespaces, pattern.name]), parts


def open_to(role):
    names = {name for area in role.areas for name in areas.AREAS[area]}
    return sorted(
        {(name, tuple(sorted(parts))) for name, parts in addresses(get_resolver()) if name in names}
    )


@pytest.fixture
def polish(item):
    """A Polish translation that waits for the Polish reviewer, and everything of it that an address
    could be about.
    """
    translation = request_translation(item, "pl")
    fill(translation)
    title = StringTranslation.objects.get(locale=translation.target_locale, context__path="title")
    title.data = SECRET
    title.save()
    return translation


@pytest.fixture
def waiting(polish, person):
    author = person("polish", roles.TRANSLATOR.group_name("pl"))
    return submit(polish, author).current_workflow_task_state


def values_of(polish):
    page = polish.get_target_instance()
    state = page.current_workflow_task_state
    revision = page.latest_revision or page.save_revision()
    link = GuestLink.objects.create(revision=revision, expires_at="2040-01-01T00:00Z")
    return {
        "translation_id": polish.pk,
        "string_segment_id": StringSegment.objects.filter(source=polish.source).first().pk,
        "segment_id": StringSegment.objects.filter(source=polish.source).first().pk,
        "overridable_segment_id": getattr(
            OverridableSegment.objects.filter(source=polish.source).first(), "pk", 1
        ),
        "page_id": page.pk,
        "parent_page_id": page.get_parent().pk,
        "revision_id": revision.pk,
        "revision_id_a": "earliest",
        "revision_id_b": revision.pk,
        "workflow_state_id": state.workflow_state_id if state else 1,
        "task_state_id": state.pk if state else 1,
        "link_id": link.pk,
        "state": state.pk if state else 1,
        "number": 1,
        "pk": state.pk if state else page.pk,
        "action_name": "approve",
        "which": "submitted",
        "mode": "x",
        "kind": "pages",
        "app_label": "news",
        "model_name": "newspage",
        "object_id": page.pk,
        "session_id": 1,
        "app_name": "taggit",
        "content_type_app_name": "news",
        "content_type_model_name": "newspage",
    }


def everything(polish):
    """Return all that must not change."""
    page = Page.objects.filter(translation_key=polish.source.object_id, locale=polish.target_locale)
    return [
        list(queryset.order_by("pk").values())
        for queryset in (
            page,
            StringTranslation.objects.filter(locale=polish.target_locale),
            SegmentOverride.objects.filter(locale=polish.target_locale),
            Translation.objects.filter(pk=polish.pk),
            Revision.objects.filter(object_id=str(page.get().pk)),
            WorkflowState.objects.all(),
            TaskState.objects.all(),
            Claim.objects.all(),
            GuestLink.objects.all(),
            PageLogEntry.objects.filter(page=page.get().pk),
        )
    ]


def attempts(client, name, parts, values, polish):
    """Yield the answers to everything that can be asked of an address about the Polish page."""
    kwargs = {part: values[part] for part in parts}
    if name.startswith("wagtailadmin") and "pk" in kwargs:
        kwargs["pk"] = values["page_id"]
    if name.startswith("glossary:"):
        kwargs = {part: Term.objects.first().pk for part in parts}
    address = reverse(name, kwargs=kwargs)
    yield client.get(address)
    yield client.get(address, {"q": "stare", "source_title": "Old", "target_locale": "pl"})
    file = SimpleUploadedFile("a.po", f"{po.export(polish)}\n".encode())
    yield client.post(address, FORM | {"file": file, "text": StringTranslation.objects.first().pk})
    for method in (client.put, client.delete):
        yield method(address, "value=x", content_type="application/x-www-form-urlencoded")


def walk(client, role, polish):
    values = values_of(polish)
    before = everything(polish)
    seen = []
    for name, parts in open_to(role):
        if name.startswith(("wagtailimages", "wagtaildocs", "wagtailsnippetchoosers")):
            continue  # have no language
        if any(part not in values for part in parts):
            pytest.fail(f"{name}: what is {parts}?")
        for response in attempts(client, name, parts, values, polish):
            assert response.status_code < 500, name
            content = (
                b"".join(response.streaming_content) if response.streaming else response.content
            )
            assert SECRET not in content.decode("utf-8", "ignore"), name
        assert everything(polish) == before, name
        seen.append(name)
    return seen


@pytest.mark.whole
def test_a_slovenian_translator_reaches_nothing_of_a_polish_page(polish, person, client):
    client.force_login(person("slovenian", roles.TRANSLATOR.group_name("sl")))
    seen = walk(client, roles.TRANSLATOR, polish)
    assert {
        "translation_texts:edit_text",
        "translation_texts:po_upload",
        "wagtailadmin_pages:edit",
    } <= set(seen)


@pytest.mark.whole
def test_neither_while_it_is_under_review(polish, waiting, person, client):
    client.force_login(person("slovenian", roles.TRANSLATOR.group_name("sl")))
    walk(client, roles.TRANSLATOR, polish)


@pytest.mark.whole
def test_a_slovenian_reviewer_reaches_nothing_of_a_polish_page(polish, waiting, person, client):
    client.force_login(person("slovenian", roles.REVIEWER.group_name("sl")))
    seen = walk(client, roles.REVIEWER, polish)
    assert {"moderation_queue", "moderation_review", "moderation_claim"} <= set(seen)


def test_somebody_of_two_languages_works_in_both_and_in_no_third(polish, item, person, client):
    both = person("both", roles.TRANSLATOR.group_name("sl"), roles.TRANSLATOR.group_name("pl"))
    slovenian = request_translation(item, "sl")
    factories.home_of("es")
    assert set(translations_for(both)) == {polish, slovenian}
    client.force_login(both)
    for translation in (polish, slovenian):
        segment = StringSegment.objects.filter(source=translation.source).first()
        address = reverse("translation_texts:edit_text", args=[translation.pk, segment.pk])
        response = client.put(address, "value=x", content_type="application/x-www-form-urlencoded")
        assert response.status_code in (200, 201)
    both.groups.remove(Group.objects.get(name=roles.TRANSLATOR.group_name("pl")))
    response = client.put(
        reverse("translation_texts:edit_text", args=[polish.pk, segment.pk]),
        "value=y",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 403
    assert not StringTranslation.objects.filter(data="y").exists()


def test_texts_of_a_speaker_belong_to_the_translators_of_the_language(site, person, client):
    from wagtail_localize.models import TranslationSource

    from conferences.models import Speaker

    english, polish_home = site.locale, factories.home_of("pl")
    speaker = Speaker.objects.create(name="Sample", role="Speaker", locale=english)
    source, _created = TranslationSource.update_or_create_from_instance(speaker)
    translation = Translation.objects.create(source=source, target_locale=polish_home.locale)
    source.create_or_update_translation(polish_home.locale, publish=False, fallback=True)
    segment = StringSegment.objects.get(source=source, string__data="Speaker")
    address = reverse("translation_texts:edit_text", args=[translation.pk, segment.pk])

    def save_as(name, *groups):
        client.force_login(person(name, *groups))
        return client.put(
            address, "value=x", content_type="application/x-www-form-urlencoded"
        ).status_code

    assert save_as("slovenian", roles.TRANSLATOR.group_name("sl")) == 403
    assert save_as("reviewer", roles.REVIEWER.group_name("pl")) in (302, 403)
    assert not StringTranslation.objects.exists()
    assert save_as("polish", roles.TRANSLATOR.group_name("pl")) == 201
    assert save_as("editor", roles.EDITOR.name) == 200
