"""The e-mail backend of the whole site: every mail goes into the database, whoever sends it.

Django mails about forgotten passwords inside the request, for one. A mail without an HTML part gets
ours.
"""

import uuid
from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from django.utils.translation import get_language

from .outbox import Letter, language_of, render, store
from .tasks import OWN_REQUEST


class OutboxBackend(BaseEmailBackend):
    """Write each message for each of its recipients.

    A worker sends them by ``settings.MAIL_TRANSPORT``.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.recipients():
                self.write(message, address)
        return len(email_messages)

    @staticmethod
    def write(message: EmailMessage, address: str) -> None:
        users = get_user_model().objects.select_related("wagtail_userprofile")
        user = users.filter(email__iexact=address).first()
        language = language_of(user) if user else get_language()
        store(
            # A key of its own: a message that is sent twice on purpose arrives twice.
            key=f"{OWN_REQUEST}{uuid.uuid4()}",
            user=user,
            address=address,
            language=language,
            subject=message.subject,
            text=message.body,
            html=html_of(message) or html_for(message, language),
            reply_to=", ".join(message.reply_to),
            attachments=message.attachments,
        )


def html_of(message: EmailMessage) -> str | None:
    """Return the HTML part of a message, None where it has none."""
    for part in getattr(message, "alternatives", ()):
        if part.mimetype == "text/html":
            return part.content
    return None


def html_for(message: EmailMessage, language: str) -> str:
    """Return an HTML part for a message, with the paragraphs of its text."""
    paragraphs = tuple(part.strip() for part in message.body.split("\n\n") if part.strip())
    with translation.override(language):
        return render(Letter(subject=message.subject, lines=paragraphs), language).html
