from django_tasks import task


@task()
def send_mailing(pk):
    """Write the mail of a ``Mailing`` to each of its people; one that was written already is not written again."""
    from ecca_site.mail.outbox import post_to

    from .desk import mailing as desk
    from .models import ConferencePage, Mailing

    mailing = Mailing.objects.select_related("desk").filter(pk=pk).first()
    if mailing is None:
        return
    conference = ConferencePage.objects.filter(translation_key=mailing.desk.translation_key).first()
    for person in desk.recipients(mailing.desk, mailing.audience):
        post_to(
            person.email,
            f"mailing:{mailing.pk}:{person.pk}",
            person.language,
            lambda person=person: desk.letter_of(mailing.texts, person.language, conference),
        )
