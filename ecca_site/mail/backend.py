"""The e-mail backend of the whole site: whatever Django, Wagtail or an app sends goes into the database, too.

Django mails about forgotten passwords inside the request, for one. What has no HTML part gets ours.
"""

import uuid

from django.contrib.auth import get_user_model
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from django.utils.translation import get_language

from .outbox import Letter, language_of, render, store


class OutboxBackend(BaseEmailBackend):
    """Write each message for each of its recipients; a worker sends them by ``settings.MAIL_TRANSPORT``."""

    def send_messages(self, email_messages):
        for message in email_messages:
            for address in message.recipients():
                user = (
                    get_user_model().objects.filter(email__iexact=address).select_related("wagtail_userprofile").first()
                )
                language = language_of(user) if user else get_language()
                store(
                    key=f"message:{uuid.uuid4()}",  # what is sent twice on purpose arrives twice
                    user=user,
                    address=address,
                    language=language,
                    subject=message.subject,
                    text=message.body,
                    html=html_of(message) or html_for(message, language),
                    reply_to=", ".join(message.reply_to),
                    attachments=message.attachments,
                )
        return len(email_messages)


def html_of(message):
    return next((part.content for part in getattr(message, "alternatives", ()) if part.mimetype == "text/html"), None)


def html_for(message, language):
    paragraphs = tuple(part.strip() for part in message.body.split("\n\n") if part.strip())
    with translation.override(language):
        return render(Letter(subject=message.subject, lines=paragraphs), language).html
