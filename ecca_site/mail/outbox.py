"""Writing a mail: into the database, in the transaction of what it tells of.

A worker sends it. A mail server that fails therefore never fails a save, an approval or a
publication.
"""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import translation

from ecca_site.i18n.languages import html_lang, source_language

from .models import Mail, MailPreference, Rhythm
from .tasks import send_soon

# File name, content and type of a file; its content is text where Django made it.
Attachment = tuple[str, bytes | str, str | None]


class Rendered(NamedTuple):
    text: str
    html: str


@dataclass(frozen=True)
class Letter:
    """The words of a mail, in the language that is active where it is made."""

    subject: str
    lines: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()  # label and value
    quote: str = ""
    action: str = ""
    address: str = ""  # absolute URL of the action
    items: tuple[tuple[str, str], ...] = ()  # a list of texts and absolute URLs
    attachments: tuple[Attachment, ...] = ()


def post(user: AbstractUser, key: str, compose: Callable[[], Letter]) -> Mail | None:
    """Write a mail to a user, in the user's language and rhythm.

    ``compose`` returns the ``Letter``; it is called with the user's language active. Return the
    mail, or None where the user has no address or the key was written to before.
    """
    preference = MailPreference.objects.filter(user=user).first()
    is_daily = preference is not None and preference.rhythm == Rhythm.DAILY
    return post_to(
        user.email,
        f"{key}:{user.pk}",
        language_of(user),
        compose,
        user=user,
        is_for_digest=is_daily,
    )


def language_of(user: AbstractUser) -> str:
    """Return the language that a user has chosen for the CMS, else the site's.

    It is never the language of whoever acts.
    """
    profile = getattr(user, "wagtail_userprofile", None)
    if profile and profile.preferred_language:
        return profile.preferred_language
    return source_language()


def post_to(
    address: str,
    key: str,
    language: str,
    compose: Callable[[], Letter],
    *,
    user: AbstractUser | None = None,
    is_for_digest: bool = False,
) -> Mail | None:
    """Write a mail to an address.

    Return it, or None where nobody can be reached or the key was written to before.
    """
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


def render(letter: Letter, language: str) -> Rendered:
    """Return the text and the HTML part of a letter; its language must be active."""
    context = {
        "letter": letter,
        "lang": html_lang(language),
        "base_url": settings.WAGTAILADMIN_BASE_URL,
    }
    return Rendered(
        text=render_to_string("mail/letter.txt", context),
        html=render_to_string("mail/letter.html", context),
    )


def store(
    *,
    subject: str,
    attachments: Iterable[Attachment] = (),
    is_for_digest: bool = False,
    **values: Any,
) -> Mail | None:
    """Put a mail into the outbox; ``values`` are its other fields.

    Return None if another process wrote to its key at the same moment.
    """
    packed = [[name, _packed(content), kind] for name, content, kind in attachments]
    try:
        with transaction.atomic():
            mail = Mail.objects.create(
                **values,
                subject=" ".join(subject.split())[:255],
                attachments=packed or None,
                is_for_digest=is_for_digest,
            )
            # Both or neither: whoever dies between the two would leave a mail that nobody sends.
            if not is_for_digest:
                send_soon(mail)
    except IntegrityError:
        return None
    return mail


def _packed(content: bytes | str) -> str:
    if isinstance(content, str):
        content = content.encode()
    return base64.b64encode(content).decode()
