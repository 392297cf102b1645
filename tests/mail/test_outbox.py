"""A mail is written with what it tells of, in its reader's language, once.

A worker sends it until it is taken.
"""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from ecca_site.mail.models import Mail, MailPreference
from ecca_site.mail.outbox import Letter, post, post_to
from ecca_site.mail.tasks import PATIENCE, deliver, message, try_again


@pytest.fixture
def reader(person):
    return person("ana")


def letter(**values):
    return Letter(**{"subject": "Hello", "lines": ("A line.",)} | values)


def send(pk):
    deliver.func(pk)
    return Mail.objects.get(pk=pk)


def advance(entry, **values):
    Mail.objects.filter(pk=entry.pk).update(next_attempt_at=timezone.now(), **values)


@pytest.fixture
def broken(monkeypatch):
    """Return a function that makes the transport fail with an error, or work again."""
    works = EmailBackend.send_messages

    def fail_with(error=None):
        def send_messages(self, messages):
            if error:
                raise error
            return works(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", send_messages)

    return fail_with


# --- Writing -------------------------------------------------------------------------------------
def test_text_html_and_subject_are_in_the_readers_language(reader):
    UserProfile.objects.create(user=reader, preferred_language="sl")
    seen = []

    def compose():
        seen.append(translation.get_language())
        return letter(action="Open", address="https://ecca.example/x")

    with translation.override("pl"):
        post(reader, "event", compose)
        assert translation.get_language() == "pl"
    entry = Mail.objects.get()
    assert (seen, entry.language) == (["sl"], "sl")
    assert '<html lang="sl">' in entry.html


def test_who_has_chosen_no_language_gets_the_sites_and_not_that_of_whoever_acts(reader):
    UserProfile.objects.create(user=reader, preferred_language="")
    with translation.override("hu"):
        post(reader, "event", letter)
    assert Mail.objects.get().language == "en"


def test_text_and_html_say_the_same(reader):
    facts = (("Type", "news item"), ("What changes", "<b>title</b>"))
    post(
        reader,
        "event",
        lambda: letter(
            facts=facts, quote="Why?\nThen.", action="Open", address="https://e.example/"
        ),
    )
    entry = Mail.objects.get()
    for part in (
        "A line.",
        "Type",
        "news item",
        "Why?",
        "Open",
        "https://e.example/",
        "Co-funded by the COSME programme",
    ):
        assert part in entry.text
        assert part in entry.html
    assert "<b>title</b>" in entry.text
    assert "<b>title</b>" not in entry.html
    assert "&lt;b&gt;title" in entry.html
    assert "img/eu-emblem.png" in entry.html


def test_in_plain_text_no_words_of_others_pass_for_the_mails_own(reader):
    facts = (("Reason", "Old.\n\nDue: never"), ("Due", "today"))
    post(reader, "event", lambda: letter(facts=facts, quote="Why?\n\nDue: never"))
    text = Mail.objects.get().text
    assert "Reason: Old.\n  \n  Due: never\nDue: today\n" in text
    assert "> Why?\n> \n> Due: never\n" in text


def test_the_same_event_is_written_once(reader, person):
    assert post(reader, "event", letter) is not None
    assert post(reader, "event", letter) is None
    assert post(person("eva"), "event", letter) is not None
    assert post(reader, "other event", letter) is not None
    assert Mail.objects.count() == 3


def test_nobody_without_an_address_is_written_to(reader):
    reader.email = ""
    assert post(reader, "event", letter) is None
    assert not Mail.objects.exists()


def test_what_is_rolled_back_sends_nothing(reader, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        try:
            with transaction.atomic():
                post(reader, "event", letter)
                raise ValueError
        except ValueError:
            pass
    assert not Mail.objects.exists()
    assert mail.outbox == []


def test_a_subject_is_one_line(reader):
    post(reader, "event", lambda: letter(subject="One\r\nBcc: everybody@example.org" + "x" * 300))
    entry = Mail.objects.get()
    assert entry.subject.startswith("One Bcc: everybody@example.org")
    assert len(entry.subject) == 255
    assert send(entry.pk).sent_at


def test_attachments_travel_along(db):
    calendar = ("a.ics", b"BEGIN:VCALENDAR", "text/calendar")
    entry = post_to("a@example.org", "event", "en", lambda: letter(attachments=(calendar,)))
    send(entry.pk)
    [sent] = mail.outbox
    [part] = [part for part in sent.message().walk() if part.get_filename()]
    assert (part.get_filename(), part.get_content_type()) == ("a.ics", "text/calendar")
    assert part.get_payload(decode=True) == b"BEGIN:VCALENDAR"


# --- Sending -------------------------------------------------------------------------------------
def test_a_mail_is_sent_once(reader):
    entry = post(reader, "event", letter)
    for _attempt in range(3):
        assert send(entry.pk).sent_at
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["ana@example.org"], "Hello")
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_failure_is_tried_again_after_longer_and_longer_pauses(reader, broken):
    entry = post(reader, "event", letter)
    pauses = []
    for number in range(1, 8):
        broken(smtplib.SMTPServerDisconnected("gone"))
        started = timezone.now()
        entry = send(entry.pk)
        assert (entry.attempts, entry.last_error, entry.gave_up_at) == (
            number,
            "SMTPServerDisconnected: gone",
            None,
        )
        pauses.append(round((entry.next_attempt_at - started).total_seconds() / 60))
        assert send(entry.pk).attempts == number, "not before its time"
        advance(entry)
    assert pauses == [1, 2, 4, 8, 10, 10, 10]
    broken()
    assert send(entry.pk).sent_at
    assert len(mail.outbox) == 1


def test_whatever_a_server_says_fits_into_the_database(reader, broken):
    broken(OSError("\0" + 600 * "x"))
    error = send(post(reader, "event", letter).pk).last_error
    assert error == "OSError: " + (500 - len("OSError: \0")) * "x"


def test_each_attempt_has_the_same_message_id(reader, broken):
    entry = post(reader, "event", letter)
    seen = []
    for error in (OSError("x"), None):
        broken(error)
        seen.append(message(Mail.objects.get()).message()["Message-ID"])
        entry = send(entry.pk)
        advance(entry)
    assert seen[0] == seen[1]


def test_a_server_that_takes_a_mail_and_breaks_the_good_bye_gets_no_second_one(reader, monkeypatch):
    def close(self):
        raise TimeoutError

    monkeypatch.setattr(EmailBackend, "close", close, raising=False)
    entry = post(reader, "event", letter)
    assert send(entry.pk).sent_at
    assert len(mail.outbox) == 1


def test_it_gives_up_after_two_days_and_is_kept(reader, broken):
    broken(OSError("x"))
    entry = post(reader, "event", letter)
    advance(entry, created_at=timezone.now() - PATIENCE - datetime.timedelta(minutes=1))
    entry = send(entry.pk)
    assert entry.gave_up_at is not None
    broken()
    advance(entry)
    assert send(entry.pk).sent_at is None, "given up is given up"
    assert try_again() == 1
    assert send(entry.pk).sent_at


def test_a_worker_is_handed_each_attempt_until_it_gives_up(reader, broken, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    broken(OSError("x"))
    entry = post(reader, "event", letter)
    DBTaskResult.objects.all().delete()
    entry = send(entry.pk)
    [attempt] = DBTaskResult.objects.all()
    assert (attempt.run_after, attempt.args_kwargs["args"]) == (entry.next_attempt_at, [entry.pk])
    attempt.delete()
    advance(entry, created_at=timezone.now() - PATIENCE - datetime.timedelta(minutes=1))
    assert send(entry.pk).gave_up_at is not None
    assert not DBTaskResult.objects.exists()


def test_a_worker_that_died_while_sending_loses_nothing(reader, time_travel):
    entry = post(reader, "event", letter)
    Mail.objects.due().filter(pk=entry.pk).update(
        next_attempt_at=timezone.now() + datetime.timedelta(minutes=3)
    )
    assert send(entry.pk).sent_at is None, "somebody is at it"
    time_travel(timezone.now() + datetime.timedelta(minutes=4))
    assert send(entry.pk).sent_at


def test_the_choice_of_one_mail_a_day_is_kept(reader):
    MailPreference.objects.create(user=reader, rhythm="daily")
    entry = post(reader, "event", letter)
    assert entry.is_for_digest
    send(entry.pk)
    assert mail.outbox == []
