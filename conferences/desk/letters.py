"""The letters of a mail to many, and the people who get it."""

from conferences.addresses import page_address
from conferences.models import ConferencePage, Desk
from conferences.models.desk import RegistrationQuerySet
from ecca_site.i18n.languages import source_language
from ecca_site.mail.outbox import Letter

Texts = dict[str, dict[str, str]]  # "subject" and "text" by the code of their language


def recipients(desk: Desk, audience: str) -> RegistrationQuerySet:
    """Return the registrations that an audience names.

    An audience is "registered", "waiting", or "session:" with the reference of the session.
    """
    people = desk.registrations.exclude(email="")
    if audience == "waiting":
        return people.waiting()
    people = people.seated().order_by("number")
    if audience.startswith("session:"):
        return people.of_session(audience.removeprefix("session:"))
    return people


def letter_of(texts: Texts, language: str, conference: ConferencePage) -> Letter:
    """Return the letter for readers of a language, which is the active one."""
    own = texts.get(language) or texts[source_language()]
    pages = ConferencePage.objects.filter(translation_key=conference.translation_key)
    page = pages.for_readers(language).first()
    return Letter(
        subject=own["subject"],
        lines=paragraphs(own["text"]),
        action=page.title if page else "",
        address=page_address(page) if page else "",
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, which empty lines separate."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    return tuple(part for part in parts if part)
