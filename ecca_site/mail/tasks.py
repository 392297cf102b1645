import base64
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from ecca_site.workers.queue import hand_over

from .models import Mail

LONGEST_PAUSE = 10  # minutes: a recovered server waits no longer for us
PATIENCE = timedelta(days=2)
OWN_REQUEST = "message:"  # what somebody has just asked for, as a new password: no rhythm holds it
SENDING = timedelta(minutes=3)  # longer than any attempt; after that the sender has died


@task()
def deliver(pk: int) -> None:
    """Send one mail, unless another worker is at it.

    A mail that fails is tried again after 1, 2, 4, 8, 10, 10 … minutes.
    """
    now = timezone.now()
    # Taking it is a write of its own: no lock is held while a mail server keeps us waiting.
    if not Mail.objects.due().filter(pk=pk).update(next_attempt_at=now + SENDING):
        look_again(pk)
        return
    mail = Mail.objects.get(pk=pk)
    try:
        send(message(mail))
    except Exception as error:  # whatever it was, the mail is kept and tried again
        postpone(mail, error)
    else:
        Mail.objects.filter(pk=pk).update(sent_at=timezone.now(), last_error="")


def send_soon(mail: Mail) -> None:
    """Hand a mail to the worker, for the time of its next attempt."""
    hand_over(deliver, mail.pk, run_after=mail.next_attempt_at)


def look_again(pk: int) -> None:
    """Come back to a mail that another worker has taken, should that one have died."""
    taken = Mail.objects.unsent().filter(pk=pk, next_attempt_at__gt=timezone.now()).first()
    if taken is not None and deliver.get_backend().supports_defer:
        send_soon(taken)


def try_again() -> int:
    """Give every mail that was given up another chance; return how many these were."""
    mails = Mail.objects.given_up().values_list("pk", "address")
    return sum(try_one_again(pk, address) for pk, address in mails)


@transaction.atomic
def try_one_again(pk: int, address: str) -> bool:
    """Send a mail that failed to this address now; return False where it has been sent meanwhile.

    One that was given up counts as if it had been written now.
    """
    mail = Mail.objects.failed().filter(pk=pk).select_for_update().first()
    if mail is None:
        return False
    now = timezone.now()
    if mail.gave_up_at:
        mail.created_at = now
        mail.attempts = 0
        mail.gave_up_at = None
    mail.address = address
    mail.next_attempt_at = now
    mail.save(update_fields=["address", "gave_up_at", "attempts", "created_at", "next_attempt_at"])
    send_soon(mail)
    return True


def send(mail_message: EmailMultiAlternatives) -> None:
    """Hand a message to the mail server.

    Errors of its good-bye do not matter: it has the message then.
    """
    connection = get_connection(settings.MAIL_TRANSPORT)
    try:
        connection.open()
        connection.send_messages([mail_message])
    finally:
        with suppress(Exception):
            connection.close()


def message(mail: Mail) -> EmailMultiAlternatives:
    mail_message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.address],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers_of(mail),
    )
    mail_message.attach_alternative(mail.html, "text/html")
    for name, content, mimetype in mail.attachments or ():
        mail_message.attach(name, base64.b64decode(content), mimetype)
    return mail_message


def headers_of(mail: Mail) -> dict[str, str]:
    """Return the headers that mail servers and mail programs look at."""
    domain = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    headers = {
        # The number is the same for each attempt: a mail server that took the message before it
        # broke delivers it once.
        "Message-ID": f"<ecca-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    if mail.user_id and not mail.key.startswith(OWN_REQUEST):
        headers["List-Unsubscribe"] = f"<{rhythm_address()}>"
    return headers


def rhythm_address() -> str:
    """Return the address where a person of the CMS chooses how often mails come."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_account')}#tab-notifications"


def postpone(mail: Mail, error: Exception) -> None:
    """Plan the next attempt, or give up and let the CMS show it."""
    now = timezone.now()
    mail.attempts += 1
    mail.last_error = f"{type(error).__name__}: {error}"[:500].replace("\0", "")
    if now - mail.created_at > PATIENCE:
        mail.gave_up_at = now
    else:
        mail.next_attempt_at = now + timedelta(minutes=min(2 ** (mail.attempts - 1), LONGEST_PAUSE))
    # Both or neither: a worker that dies between the two leaves no mail without its next attempt.
    with transaction.atomic():
        mail.save(update_fields=["attempts", "last_error", "gave_up_at", "next_attempt_at"])
        if mail.gave_up_at is None and deliver.get_backend().supports_defer:
            send_soon(mail)
