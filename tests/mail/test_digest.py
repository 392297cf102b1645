"""One mail a day for those who want it: everything since the last one, each with its link, once."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.users.models import UserProfile

from ecca_site.mail.models import Mail, MailPreference
from ecca_site.mail.outbox import Letter, post


@pytest.fixture
def reader(person):
    user = person("ana")
    UserProfile.objects.create(user=user, preferred_language="sl")
    MailPreference.objects.create(user=user, rhythm="daily")
    return user


def write(user, name):
    return post(
        user, name, lambda: Letter(subject=name, lines=("x",), address=f"https://e.example/{name}")
    )


def send_digests():
    mail.outbox.clear()
    call_command("send_mail", digests=True)
    return mail.outbox


def test_everything_of_a_day_in_one_mail(reader, person):
    for name in ("first", "second"):
        write(reader, name)
    assert mail.outbox == []
    [digest] = send_digests()
    assert digest.to == ["ana@example.org"]
    html = digest.alternatives[0].content
    for name in ("first", "second"):
        assert f"https://e.example/{name}" in digest.body
        assert f'<a href="https://e.example/{name}"' in html
    assert '<html lang="sl">' in html
    assert send_digests() == [], "nothing is told twice"
    write(reader, "third")
    [digest] = send_digests()
    assert "first" not in digest.body


def test_everybody_gets_their_own(reader, person):
    other = person("eva")
    MailPreference.objects.create(user=other, rhythm="daily")
    write(reader, "first")
    write(other, "second")
    digests = {digest.to[0]: digest.body for digest in send_digests()}
    assert "second" not in digests["ana@example.org"]
    assert "first" not in digests["eva@example.org"]


def test_who_wants_them_at_once_gets_no_digest(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write(person("eva"), "first")
    assert len(mail.outbox) == 1
    assert send_digests() == []


def test_old_mails_are_forgotten_and_unsent_ones_kept(reader, person):
    old = timezone.now() - datetime.timedelta(91)
    sent, unsent = write(person("eva"), "sent"), write(reader, "unsent")
    Mail.objects.filter(pk=sent.pk).update(sent_at=old)
    Mail.objects.filter(pk=unsent.pk).update(created_at=old)
    call_command("send_mail", digests=True)
    assert not Mail.objects.filter(pk=sent.pk).exists()
    assert Mail.objects.filter(pk=unsent.pk).exists()
