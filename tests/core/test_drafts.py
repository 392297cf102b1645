"""A draft is saved with its title alone and with unfinished blocks; what is submitted is whole."""

import json
import threading

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from conferences.models import ConferencePage
from ecca_site.access import roles
from ecca_site.core.blocks import BodyBlock
from ecca_site.core.forms import validating
from home.models import ContentPage, HomePage
from news.models import NewsPage
from partners.models import PartnerPage
from tests import factories

COMMENTS = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
SUBMIT = {"action-submit": "1", "slug": "a-beginning"}
AUTOSAVE = {"HTTP_ACCEPT": "application/json"}
# What stands in the browser of somebody who has typed a title and begun one block.
TYPED = {"introduction": "", "hero_image": "", "lead_image": "", "logo": ""}
FIGURE = {"image": {"image": "", "alt_text": "", "decorative": ""}, "caption": "A wall"}
RICH = json.dumps({"blocks": [], "entityMap": {}})


def item(value, number=0):
    """Return one row of a list of blocks as the editor's form sends it."""
    return {"value": value, "id": "", "order": str(number), "deleted": ""}


UNFINISHED = {
    "heading": "",
    "paragraph": RICH,
    "image": FIGURE,
    "gallery": {"title": "On site", "images": {"count": "1", "0": item(FIGURE)}},
    "quote": {"text": "", "attribution": "Somebody"},
    "table": {"caption": "", "cells": json.dumps({"data": [["Stage", None], [None, None]]})},
    "key_figures": {"title": "", "figures": {"count": "0"}},
    "accordion": {"title": "", "items": {"count": "0"}},
    "documents": {"title": "", "documents": {"count": "0"}},
    "call_to_action": {"title": "Join", "text": "", "label": "", "page": "", "url": ""},
    "video": {"title": "", "file": "", "poster": "", "captions": "", "transcript": RICH},
    "partner_list": {"title": "", "text": ""},
    "news_list": {"title": "", "count": ""},
    "section": {"title": "", "text": RICH, "image": FIGURE["image"]},
    "conference": {"title": "", "text": "", "conference": "", "label": ""},
    "life_cycle": {"title": "", "text": RICH},
}  # fmt: skip
STREAMS = {
    HomePage: ("body",), ContentPage: ("body",), NewsPage: ("body",),
    ConferencePage: ("body", "report", "documents", "tracks", "rooms", "programme"),
}  # fmt: skip


def build():
    home = factories.home_of()
    lists = {
        NewsPage: factories.add_news_index(home),
        PartnerPage: factories.add_partner_index(home),
        ConferencePage: factories.add_conference_index(home),
    }
    factories.add_partner(lists[PartnerPage], title="Stone")
    return {model.__name__: page for model, page in lists.items()} | {"ContentPage": home}


@pytest.fixture(scope="module")
def kept_parents(keep):
    return keep(build)


@pytest.fixture
def parents(db, kept_parents):
    return kept_parents()


def form_of(title, model, **blocks):
    streams = {name: streamfield([]) for name in STREAMS.get(model, ())} | blocks
    rich = dict.fromkeys(
        ("introduction", "how_to_join", "call_text"), RICH if model is not ContentPage else ""
    )
    return nested_form_data({"title": title, **TYPED, **rich, **COMMENTS, **streams})


def add(client, parent, model, **blocks):
    names = model._meta.app_label, model._meta.model_name, parent.pk
    address = reverse("wagtailadmin_pages:add", args=names)
    return client.post(address, form_of("A beginning", model, **blocks), **AUTOSAVE)


def draft_of(response):
    assert response.json().get("success"), response.json()
    return Page.objects.get(pk=response.json()["pk"]).specific


WRITERS = [
    (ContentPage, roles.EDITOR), (NewsPage, roles.EDITOR), (ConferencePage, roles.EDITOR),
    (PartnerPage, roles.EDITOR),
    (ConferencePage, roles.CONFERENCE_MANAGER),
]  # fmt: skip


@pytest.mark.parametrize(
    ("model", "role"), WRITERS, ids=lambda value: getattr(value, "__name__", None) or value.name
)
def test_a_title_alone_is_saved_and_found_again(parents, person, client, model, role):
    client.force_login(person("writer", role.name))
    draft = draft_of(add(client, parents[model.__name__], model))
    assert (draft.title, draft.live) == ("A beginning", False)
    for address in (f"{draft.pk}/edit/", f"{draft.pk}/view_draft/", f"{draft.get_parent().pk}/"):
        assert client.get(f"/cms/pages/{address}").status_code == 200
    response = client.post(f"/cms/pages/{draft.pk}/edit/", form_of("More", model), **AUTOSAVE)
    assert response.json().get("success"), response.json()


def test_what_is_submitted_is_asked_for_the_rest_beside_the_fields(parents, person, client):
    client.force_login(person("writer", roles.EDITOR.name))
    lacking = {
        NewsPage: ["topic", "summary"],
        ConferencePage: ["summary", "start_at", "end_at", "city", "country"],
        PartnerPage: ["legal_name", "country"],
    }
    for model, names in lacking.items():
        draft = draft_of(add(client, parents[model.__name__], model))
        data = {**form_of("A beginning", model), **SUBMIT}
        response = client.post(f"/cms/pages/{draft.pk}/edit/", data)
        errors = response.context["form"].errors
        assert response.status_code == 200
        assert [name for name in names if name not in errors] == []
        draft.refresh_from_db()
        assert not draft.workflow_in_progress


def test_a_news_item_is_of_today_unless_somebody_says_otherwise(parents, admin_client):
    draft = draft_of(add(admin_client, parents["NewsPage"], NewsPage))
    assert draft.date == timezone.localdate()
    response = admin_client.post(
        f"/cms/pages/{draft.pk}/edit/", {**form_of("News", NewsPage), "date": ""}, **AUTOSAVE
    )
    assert response.json()["success"]
    assert draft_of(response).date == timezone.localdate()
    data = {
        **form_of("News", NewsPage),
        "date": "",
        "topic": "events",
        "summary": "Short",
        **SUBMIT,
    }
    assert list(admin_client.post(f"/cms/pages/{draft.pk}/edit/", data).context["form"].errors) == [
        "date"
    ]


def test_what_has_a_default_keeps_it_in_a_draft_that_empties_it(parents, admin_client):
    draft = draft_of(add(admin_client, parents["ConferencePage"], ConferencePage))
    data = {**form_of("A", ConferencePage), "status": "", "timezone": "", "keep_months": ""}
    assert admin_client.post(f"/cms/pages/{draft.pk}/edit/", data, **AUTOSAVE).json()["success"]
    draft = ConferencePage.objects.get(pk=draft.pk)
    assert (draft.status, draft.timezone, draft.keep_months) == ("planned", "Europe/Ljubljana", 6)


# --- Unfinished blocks ---------------------------------------------------------------------------
@pytest.mark.parametrize("name", [name for name in UNFINISHED if name in BodyBlock().child_blocks])
def test_an_unfinished_block_is_saved_and_shown_in_a_draft_and_not_submitted(
    parents, admin_client, name
):
    blocks = {"body": streamfield([(name, UNFINISHED[name])])}
    draft = draft_of(add(admin_client, parents["ContentPage"], ContentPage, **blocks))
    assert [block.block_type for block in draft.body] == [name]
    assert admin_client.get(f"/cms/pages/{draft.pk}/edit/").status_code == 200
    assert admin_client.get(f"/cms/pages/{draft.pk}/view_draft/").status_code == 200
    data = {**form_of("A beginning", ContentPage, **blocks), **SUBMIT}
    response = admin_client.post(f"/cms/pages/{draft.pk}/edit/", data)
    assert list(response.context["form"].errors) == ["body"]
    draft.refresh_from_db()
    assert not draft.workflow_in_progress


def test_a_picture_without_alternative_text_keeps_what_was_typed_beside_it(parents, admin_client):
    picture = factories.make_image(size=(400, 250))
    figure = {
        "image": {"image": str(picture.pk), "alt_text": "", "decorative": ""},
        "caption": "A wall",
    }
    draft = draft_of(
        add(
            admin_client, parents["ContentPage"], ContentPage, body=streamfield([("image", figure)])
        )
    )
    value = draft.body[0].value
    assert (value["image"].pk, value["image"].contextual_alt_text, value["caption"]) == (
        picture.pk,
        "",
        "A wall",
    )
    assert admin_client.get(f"/cms/pages/{draft.pk}/view_draft/").status_code == 200


def test_every_block_of_the_home_page_may_be_unfinished(site, admin_client):
    blocks = {"body": streamfield(list(UNFINISHED.items()))}
    data = {**form_of("ECCA", HomePage, **blocks), "long_title": ""}
    response = admin_client.post(f"/cms/pages/{site.pk}/edit/", data, **AUTOSAVE)
    assert response.json().get("success"), response.json()
    assert admin_client.get(f"/cms/pages/{site.pk}/view_draft/").status_code == 200
    assert HomePage.objects.get(pk=site.pk).body == site.body


def test_a_half_filled_programme_is_saved_and_refused_when_it_is_submitted(parents, admin_client):
    session = {
        "start": "10:00", "end": "09:00", "kind": "talk", "title": "", "abstract": "", "track": "",
        "room": "B",
        "language": "en", "interpretation": [], "slides": "", "recording": "",
        "speakers": {"count": "0"},
    }  # fmt: skip
    sessions = {"count": "2", "0": item(session), "1": item({**session, "end": ""}, 1)}
    day, undated = (
        {"date": date, "title": "", "sessions": sessions} for date in ("2031-06-10", "")
    )
    blocks = {
        "programme": streamfield([("day", day), ("day", undated), ("day", undated)]),
        "rooms": streamfield([("room", {"key": "A", "name": ""})]),
        "documents": streamfield([("document", {"title": "", "document": ""})]),
    }
    parent = parents["ConferencePage"]
    draft = draft_of(add(admin_client, parent, ConferencePage, **blocks))
    assert [str(day.value["date"]) for day in draft.programme] == ["2031-06-10", "None", "None"]
    for address in ("edit/", "view_draft/"):
        assert admin_client.get(f"/cms/pages/{draft.pk}/{address}").status_code == 200
    data = {**form_of("A", ConferencePage, **blocks), **SUBMIT}
    errors = admin_client.post(f"/cms/pages/{draft.pk}/edit/", data).context["form"].errors
    assert {"programme", "rooms", "documents"} < errors.keys()
    assert admin_client.get(reverse("conference_desks")).status_code == 200


def test_a_draft_may_end_before_it_starts_for_now(parents, admin_client):
    dates = {"start_at": "2031-06-10 09:00", "end_at": "2031-06-09 09:00"}
    draft = draft_of(add(admin_client, parents["ConferencePage"], ConferencePage))
    data = {**form_of("A", ConferencePage), **dates, "takes_registrations": "on"}
    assert admin_client.post(f"/cms/pages/{draft.pk}/edit/", data, **AUTOSAVE).json()["success"]
    data = {
        **data,
        "summary": "Short",
        "city": "Maribor",
        "country": "SI",
        **SUBMIT,
        "status": "planned",
    }
    data |= {"timezone": "Europe/Ljubljana", "keep_months": "6"}
    errors = admin_client.post(f"/cms/pages/{draft.pk}/edit/", data).context["form"].errors
    assert list(errors) == ["end_at"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_dangerous_address_is_refused_in_a_draft_too(parents, admin_client, address):
    block = {**UNFINISHED["call_to_action"], "url": address}
    response = add(
        admin_client,
        parents["ContentPage"],
        ContentPage,
        body=streamfield([("call_to_action", block)]),
    )
    assert (response.status_code, response.json()["error_code"]) == (400, "validation_error")


# --- Nothing unfinished goes live ----------------------------------------------------------------
def test_publishing_many_at_once_leaves_out_nothing_unfinished_without_a_word(
    parents, admin_client
):
    draft = draft_of(add(admin_client, parents["NewsPage"], NewsPage))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    for page, data in ((draft, {}), (parents["NewsPage"], {"include_descendants": "on"})):
        response = admin_client.post(f"{address}?id={page.pk}", data, follow=True)
        assert "“A beginning” is not finished yet: topic, summary." in response.content.decode()
        assert not NewsPage.objects.get(pk=draft.pk).live


def test_a_whole_page_is_published_with_others_at_once(parents, admin_client):
    page = factories.add_news(parents["NewsPage"])
    page.unpublish()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin_client.post(f"{address}?id={page.pk}")
    assert NewsPage.objects.get(pk=page.pk).live


def test_a_draft_that_lacks_everything_can_be_asked_to_go(parents, person, client):
    client.force_login(person("writer", roles.EDITOR.name))
    draft = draft_of(add(client, parents["NewsPage"], NewsPage))
    data = {"kind": "delete", "reason": "Begun by mistake"}
    assert client.post(reverse("moderation_request", args=[draft.pk]), data).status_code == 302
    assert NewsPage.objects.get(pk=draft.pk).workflow_in_progress


def test_nobody_is_validated_while_somebody_elses_draft_is(parents, admin_client):
    """The blocks of a page type are shared by all threads.

    While one is under the rules of a draft, all are.
    """
    form_class = ContentPage.get_edit_handler().get_form_class()
    data = form_of("A", ContentPage) | {"slug": "a"}
    form = form_class(data, instance=ContentPage(), parent_page=parents["ContentPage"])
    is_taken = []

    def try_to_validate():
        is_taken.append(not validating.acquire(blocking=False))

    field = form.fields["body"]
    clean = field.clean

    def clean_and_look(value):
        other = threading.Thread(target=try_to_validate)
        other.start()
        other.join()
        return clean(value)

    field.clean = clean_and_look
    assert form.is_valid(), form.errors
    assert is_taken == [True]
