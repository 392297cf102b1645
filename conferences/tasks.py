from django.db import transaction
from django_tasks import TaskContext, task

from ecca_site.mail.models import Mail
from ecca_site.mail.outbox import Letter, post_to
from ecca_site.workers.queue import finish, hand_over

from .desk.letters import letter_of, recipients
from .models import ConferencePage, Mailing, Registration

AT_ONCE = 25  # people of one task: a worker that dies leaves little to be done again


@task(takes_context=True)
def send_mailing(context: TaskContext, pk: int) -> None:
    """Write the mail of a ``Mailing`` to its next people, and leave the others to the next task.

    Nobody is written to a second time.
    """
    mailing = Mailing.objects.select_related("desk").filter(pk=pk).first()
    if mailing is None:
        return
    written = Mail.objects.filter(key__startswith=f"mailing:{pk}:")
    keys = set(written.values_list("key", flat=True))
    people = recipients(mailing.desk, mailing.audience)
    waiting = [person for person in people if key_of(mailing, person) not in keys]
    write_to(waiting[:AT_ONCE], mailing)
    if len(waiting) > AT_ONCE:
        with transaction.atomic():
            finish(context)
            hand_over(send_mailing, pk)


def key_of(mailing: Mailing, person: Registration) -> str:
    return f"mailing:{mailing.pk}:{person.pk}"


def write_to(people: list[Registration], mailing: Mailing) -> None:
    conference = ConferencePage.objects.filter(translation_key=mailing.desk.translation_key).first()
    for person in people:

        def compose(language: str = person.language) -> Letter:
            return letter_of(mailing.texts, language, conference)

        post_to(person.email, key_of(mailing, person), person.language, compose)
