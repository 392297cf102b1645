"""Whatever Django and Wagtail send by themselves goes the same way.

Into the database, in both parts, by the worker.
"""

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.utils import translation
from wagtail.users.models import UserProfile

from ecca_site.mail.models import Mail
from ecca_site.mail.tasks import message


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    """Django's tests put a backend of their own in the place of ours."""
    settings.EMAIL_BACKEND = "ecca_site.mail.backend.OutboxBackend"


def test_a_mail_without_html_gets_ours_in_the_readers_language(person):
    UserProfile.objects.create(user=person("ana"), preferred_language="sl")
    with translation.override("pl"):
        send_mail("Hello", "First.\n\nSecond <b>.", None, ["ana@example.org", "b@example.org"])
    first, second = Mail.objects.order_by("pk")
    assert (first.address, first.language, first.user.username) == ("ana@example.org", "sl", "ana")
    assert (second.address, second.language, second.user) == ("b@example.org", "pl", None)
    assert '<html lang="sl">' in first.html
    assert "Second &lt;b&gt;." in first.html


def test_html_reply_address_and_attachments_are_kept(db):
    message = EmailMultiAlternatives(
        "Hello", "Text", to=["a@example.org"], reply_to=["r@example.org"]
    )
    message.attach_alternative("<p>Own</p>", "text/html")
    message.attach("a.txt", "content", "text/plain")
    message.send()
    entry = Mail.objects.get()
    assert (entry.html, entry.reply_to, entry.attachments) == (
        "<p>Own</p>", "r@example.org", [["a.txt", "Y29udGVudA==", "text/plain"]],
    )  # fmt: skip


@pytest.mark.parametrize("addresses", [[], ["r@example.org"]])
def test_an_answer_goes_where_the_message_said(db, addresses):
    EmailMultiAlternatives("Hello", "Text", to=["a@example.org"], reply_to=addresses).send()
    assert message(Mail.objects.get()).reply_to == addresses


def test_what_is_sent_twice_on_purpose_arrives_twice(db):
    for _number in range(2):
        send_mail("Hello", "Text", None, ["a@example.org"])
    assert Mail.objects.count() == 2


def test_a_forgotten_password_asks_no_mail_server(person, client):
    person("ana")
    response = client.post("/cms/password_reset/", {"email": "ana@example.org"})
    assert response.status_code == 302
    entry = Mail.objects.get()
    assert entry.address == "ana@example.org"
    assert "/cms/password_reset/confirm/" in entry.text
    assert "/cms/password_reset/confirm/" in entry.html
