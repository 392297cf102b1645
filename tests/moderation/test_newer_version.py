"""Two tabs of one editor: the later one saves nothing until whoever sits before it was asked."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import TaskState

from conferences.models import Speaker
from partners.models import PartnerPage
from tests import forms

NOT_SAVED = "Not saved yet: there is a newer version."


def editor_of(client, path):
    """Return what a browser sends from an editor that it has just opened."""
    found = forms.forms_of(client.get(path).content.decode())
    return next(form.data() for form in found if "loaded_revision_id" in form.data())


def sent_again(response):
    found = forms.forms_of(response.content.decode())
    return next(form.data() for form in found if "loaded_revision_id" in form.data())


def message_of(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.select_one(".messages").get_text(" ").split())


class Tabs:
    """Something that two people, or one in two tabs, have opened in the CMS."""

    def __init__(self, client, path, model, key):
        self.client, self.path, self.model, self.key = client, path, model, key

    def open(self, user):
        self.client.force_login(user)
        return editor_of(self.client, self.path)

    def save(self, user, form, **data):
        self.client.force_login(user)
        return self.client.post(self.path, {**form, **data})

    def latest(self):
        return self.model.objects.get(pk=self.key).get_latest_revision_as_object()


@pytest.fixture
def tabs(profile, editor, client):
    profile.city = "At first"
    profile.save_revision(user=editor).publish()
    path = reverse("wagtailadmin_pages:edit", args=[profile.pk])
    return Tabs(client, path, PartnerPage, profile.pk)


@pytest.fixture
def speaker_tabs(speaker, manager, client):
    speaker.save_revision(user=manager).publish()
    path = reverse(Speaker.snippet_viewset.get_url_name("edit"), args=[speaker.pk])
    return Tabs(client, path, Speaker, speaker.pk)


def test_the_later_of_two_tabs_saves_nothing_and_keeps_what_was_typed(tabs, editor):
    first, second = tabs.open(editor), tabs.open(editor)
    assert tabs.save(editor, first, city="Koper").status_code == 302
    response = tabs.save(editor, second, city="Celje")
    assert response.status_code == 409
    assert tabs.latest().city == "Koper"
    assert sent_again(response)["city"] == ["Celje"]
    message = message_of(response)
    assert NOT_SAVED in message
    assert "You saved it in another window" in message
    assert "Compare: 1 difference" in message
    assert "City Newer version Koper What you typed Celje" in message


def test_whoever_was_asked_saves_over_it_and_the_newer_one_stays_in_the_history(tabs, editor):
    first, second = tabs.open(editor), tabs.open(editor)
    tabs.save(editor, first, city="Koper")
    response = tabs.save(editor, second, city="Celje")
    assert tabs.save(editor, sent_again(response)).status_code == 302
    cities = [version.as_object().city for version in tabs.latest().revisions.order_by("pk")]
    assert cities[-3:] == ["At first", "Koper", "Celje"]


def test_a_third_version_is_asked_about_again(tabs, editor):
    first, second, third = tabs.open(editor), tabs.open(editor), tabs.open(editor)
    tabs.save(editor, first, city="Koper")
    response = tabs.save(editor, second, city="Celje")
    asked = tabs.save(editor, third, city="Ptuj")
    assert tabs.save(editor, sent_again(response)).status_code == 302
    assert tabs.save(editor, sent_again(asked)).status_code == 409
    assert tabs.latest().city == "Celje"


def test_it_names_somebody_else_who_saved(tabs, editor, admin_user):
    first, second = tabs.open(admin_user), tabs.open(editor)
    tabs.save(admin_user, first, city="Koper")
    response = tabs.save(editor, second, city="Celje")
    assert f"{admin_user.get_username()} saved it after you had opened" in message_of(response)


@pytest.mark.parametrize("action", ["action-submit", "action-publish"])
def test_nothing_is_submitted_or_published_over_a_newer_version(tabs, editor, admin_user, action):
    first, second = tabs.open(editor), tabs.open(admin_user)
    tabs.save(editor, first, city="Koper")
    assert tabs.save(admin_user, second, city="Celje", **{action: "1"}).status_code == 409
    assert tabs.latest().city == "Koper"
    assert tabs.latest().live_revision.as_object().city == "At first"
    assert not TaskState.objects.exists()


def test_a_version_that_was_saved_of_itself_meanwhile_counts_as_seen(tabs, editor):
    form = tabs.open(editor)
    headers = {"HTTP_ACCEPT": "application/json"}
    saved = tabs.client.post(tabs.path, {**form, "city": "Koper"}, **headers).json()
    assert saved["success"]
    form["overwrite_revision_id"] = saved["revision_id"]
    assert tabs.save(editor, form, city="Celje").status_code == 302
    assert tabs.latest().city == "Celje"


def test_autosave_does_not_answer_the_question_of_itself(tabs, editor):
    first, second = tabs.open(editor), tabs.open(editor)
    tabs.save(editor, first, city="Koper")
    html = tabs.save(editor, second, city="Celje").content.decode()
    assert "w-autosave" in tabs.client.get(tabs.path).content.decode()
    form = BeautifulSoup(html, "html.parser").find("form", id="page-edit-form")
    assert form["data-controller"].split() == ["w-init", "w-unsaved"]


def test_mistakes_beside_it_are_shown_and_nothing_is_compared(tabs, editor):
    first, second = tabs.open(editor), tabs.open(editor)
    tabs.save(editor, first, city="Koper")
    response = tabs.save(editor, second, city="Celje", website="http://[")
    assert response.status_code == 409
    assert "website" in response.context["form"].errors
    assert NOT_SAVED in message_of(response)
    assert "Compare" not in message_of(response)
    assert sent_again(response)["website"] == ["http://["]


def test_what_is_typed_is_text_in_the_comparison(tabs, editor):
    first, second = tabs.open(editor), tabs.open(editor)
    tabs.save(editor, first, city="Koper")
    response = tabs.save(editor, second, city="<script>x</script>")
    assert "<script>x" not in response.content.decode()
    assert "<script>x</script>" in message_of(response)


def test_the_editor_of_a_speaker_asks_the_same(speaker_tabs, manager):
    first, second = speaker_tabs.open(manager), speaker_tabs.open(manager)
    assert speaker_tabs.save(manager, first, role="Chair").status_code == 302
    response = speaker_tabs.save(manager, second, role="Head", **{"action-submit": "1"})
    assert response.status_code == 409
    assert speaker_tabs.latest().role == "Chair"
    assert not TaskState.objects.exists()
    message = message_of(response)
    assert NOT_SAVED in message
    assert "Newer version Chair What you typed Head" in message
    assert speaker_tabs.save(manager, sent_again(response)).status_code == 302
    assert speaker_tabs.latest().role == "Head"
