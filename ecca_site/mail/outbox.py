"""Writing a mail: into the database, in the transaction of what it tells of. A worker sends it.

A mail server that fails therefore never fails a save, an approval or a publication.
"""

import base64
from collections import namedtuple
from dataclasses import dataclass, field

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import translation

from ecca_site.core.languages import html_lang

from .models import Mail, MailPreference, Rhythm

Rendered = namedtuple("Rendered", "text html")


@dataclass(frozen=True)
class Letter:
    """What a mail says, in the language that is active where it is made."""

    subject: str
    lines: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = field(default=())  # label and value
    quote: str = ""
    action: str = ""
    address: str = ""  # absolute URL of the action
    items: tuple[tuple[str, str], ...] = field(default=())  # a list of texts and absolute URLs
    attachments: tuple[tuple[str, bytes, str], ...] = field(default=())  # file name, content, type


def post(user, key, compose):
    """Write a mail to a user, in the user's language and rhythm; a key that was written to before is left alone.

    ``compose`` returns the ``Letter``; it is called with the user's language active.
    """
    preference = MailPreference.objects.filter(user=user).first()
    is_daily = preference is not None and preference.rhythm == Rhythm.DAILY
    return post_to(user.email, f"{key}:{user.pk}", language_of(user), compose, user=user, is_for_digest=is_daily)


def language_of(user):
    """Return the language that a user has chosen for the CMS, else the site's: never that of whoever acts."""
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile.preferred_language if profile else "") or settings.LANGUAGE_CODE


def post_to(address, key, language, compose, *, user=None, is_for_digest=False):
    """Write a mail to an address; return it, or None where nobody can be reached or the key was written to before."""
    if not address or Mail.objects.filter(key=key).exists():
        return None
    with translation.override(language):
        letter = compose()
        text, html = render(letter, language)
    return store(
        key=key,
        user=user,
        address=address,
        language=language,
        subject=letter.subject,
        text=text,
        html=html,
        link=letter.address,
        attachments=letter.attachments,
        is_for_digest=is_for_digest,
    )


def render(letter, language):
    context = {"letter": letter, "lang": html_lang(language), "base_url": settings.WAGTAILADMIN_BASE_URL}
    return Rendered(render_to_string("mail/letter.txt", context), render_to_string("mail/letter.html", context))


def store(*, subject, attachments=(), is_for_digest=False, **values):
    """Put a mail into the outbox; return None if another process wrote to its key at the same moment."""
    packed = [
        [name, base64.b64encode(content.encode() if isinstance(content, str) else content).decode(), mimetype]
        for name, content, mimetype in attachments
    ]
    try:
        with transaction.atomic():
            mail = Mail.objects.create(
                **values,
                subject=" ".join(subject.split())[:255],
                attachments=packed or None,
                is_for_digest=is_for_digest,
            )
    except IntegrityError:
        return None
    if not is_for_digest:
        send_soon(mail)
    return mail


def send_soon(mail):
    """Hand a mail to the worker: with the transaction where the queue is in the database, else after it."""
    from .tasks import deliver  # needs the models of this app, and is needed by its own retries

    if deliver.get_backend().supports_defer:
        deliver.using(run_after=mail.next_attempt_at).enqueue(mail.pk)
    else:
        transaction.on_commit(lambda: deliver.enqueue(mail.pk))
