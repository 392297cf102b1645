"""What an editor says of a change stays with the version until it is approved, and reaches the
translators once.
"""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail.users.models import UserProfile

from ecca_site.access import roles
from ecca_site.mail.models import Mail
from ecca_site.translation.models import ChangeNote, SourceChange

from .conftest import backlog, change, publish_translation

FORM = {
    "title": "Old bricks",
    "slug": "old-bricks",
    "date": "2026-05-01",
    "topic": "events",
    "lead_image_alt": "",
}


@pytest.fixture
def slovenian(item):
    return publish_translation(item, "sl")


@pytest.fixture
def editor(item, person):
    return person("editor", roles.EDITOR.name)


@pytest.fixture
def translator(item, person):
    user = person("translator", roles.TRANSLATOR.group_name("sl"))
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def reviewer(item, person):
    return person("reviewer", roles.REVIEWER.group_name("en"))


def submit_change(client, page, summary, **said):
    """Submit a change of the summary with the page editor's form."""
    data = FORM | {
        "summary": summary,
        "action-submit": "1",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    data |= nested_form_data({"body": streamfield([])}) | {
        f"change-{name}": value for name, value in said.items()
    }
    response = client.post(f"/cms/pages/{page.pk}/edit/", data)
    assert response.status_code == 302, response.context["form"].errors
    return type(page).objects.get(pk=page.pk)


def chosen(html):
    return [
        box["value"]
        for box in BeautifulSoup(html, "html.parser").select("input[name=change-kind][checked]")
    ]


def approve(page, user):
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, user, "approve")


def test_the_editor_asks_only_where_translations_depend_on_the_page(item, editor, client):
    client.force_login(editor)
    address = f"/cms/pages/{item.pk}/edit/"
    assert "change-kind" not in client.get(address).content.decode()
    slovenian = publish_translation(item, "sl")
    html = client.get(address).content.decode()
    assert chosen(html) == ["major"]
    assert "This page has a translation in 1 language." in html
    assert "change-kind" not in client.get(f"/cms/pages/{slovenian.pk}/edit/").content.decode()


def test_a_minor_change_is_approved_as_such(item, slovenian, editor, translator, reviewer, client):
    client.force_login(editor)
    page = submit_change(client, item, "Bricks are used again!", kind="minor", note="A typo")
    assert backlog(slovenian) == (False, 0, 0)
    client.force_login(reviewer)
    html = client.get(f"/cms/moderation/{page.current_workflow_task_state.pk}/").content.decode()
    assert "Minor change: translations stay as they are." in html
    assert "A typo" in html
    approve(page, reviewer)
    assert [(row.is_minor, row.note) for row in SourceChange.objects.all()] == [(True, "A typo")]
    assert not Mail.objects.filter(key__startswith="source-change").exists()


def test_a_major_change_reaches_the_translators_with_the_note(
    item, slovenian, editor, translator, reviewer, client
):
    client.force_login(editor)
    page = submit_change(
        client, item, "Bricks are used twice.", kind="major", note="They are  used\ntwice"
    )
    approve(page, reviewer)
    assert backlog(slovenian)[0]
    [mail] = Mail.objects.filter(key__startswith="source-change")
    assert (mail.user, mail.subject) == (
        translator,
        "[Slovenščina] Old bricks: the original has changed",
    )
    for words in (
        "They are used twice",
        "Summary",
        f"/cms/pages/{slovenian.pk}/edit/",
        "Words to translate",
        "has published a change of “Old bricks”. Its translation is out of date.",
        "Published on",
    ):
        assert words in mail.text


def test_what_is_not_said_is_major(item, slovenian, editor, translator, reviewer, client):
    client.force_login(editor)
    approve(submit_change(client, item, "Bricks are used twice."), reviewer)
    assert [(row.is_minor, row.note) for row in SourceChange.objects.all()] == [(False, "")]


@pytest.mark.parametrize(
    "said", [{"kind": "nonsense", "note": "x" * 999}, {"kind": "major", "note": "a\x00b"}]
)
def test_what_no_browser_sends_breaks_nothing(item, slovenian, editor, client, said):
    client.force_login(editor)
    submit_change(client, item, "Bricks are used twice.", **said)
    note = ChangeNote.objects.get()
    assert (note.is_minor, note.note) == (False, said["note"].replace("\x00", "")[:255])


def test_the_note_is_there_again_while_the_version_waits(item, slovenian, editor, reviewer, client):
    client.force_login(editor)
    page = submit_change(client, item, "Bricks are used again!", kind="minor", note="A typo")
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, reviewer, "reject", comment="No.")
    html = client.get(f"/cms/pages/{item.pk}/edit/").content.decode()
    assert 'value="A typo"' in html
    assert chosen(html) == ["minor"]


def test_each_translator_gets_one_mail_in_their_language_and_whoever_published_none(
    item, slovenian, translator, person
):
    publish_translation(item, "pl")
    polish = Group.objects.get(name=roles.TRANSLATOR.group_name("pl"))
    translator.groups.add(polish)
    UserProfile.objects.filter(user=translator).update(preferred_language="sl")
    spanish = person("spanish", roles.TRANSLATOR.group_name("es"))
    author = person("author", roles.TRANSLATOR.group_name("pl"))
    page = type(item).objects.get(pk=item.pk)
    page.summary = "Bricks are used twice."
    page.save_revision(user=author).publish()
    mails = Mail.objects.filter(key__startswith="source-change")
    assert [(mail.user, mail.language) for mail in mails] == [(translator, "sl")]
    assert spanish not in [mail.user for mail in mails]
    change(item, title="New bricks", minor=True)
    assert mails.count() == 1
