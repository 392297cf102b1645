"""What the author of a contribution is told, in the language in which it was sent."""

from django.utils.translation import gettext as _

from conferences.addresses import conference_for_readers, page_address
from conferences.models import ConferencePage
from ecca_site.mail.outbox import Letter, post_to


def thank(contribution):
    _post(
        contribution, "received",
        lambda: _("Received: %(title)s"),
        lambda: _("We have received your contribution. You get a mail when the organisers have decided."),
    )  # fmt: skip


def tell_decision(contribution):
    is_accepted = contribution.state == contribution.State.ACCEPTED
    _post(
        contribution, contribution.state,
        lambda: _("Accepted: %(title)s") if is_accepted else _("Not in the programme: %(title)s"),
        lambda: _("Your contribution has been accepted into the programme. It appears there once it is published.")
        if is_accepted else _("Your contribution could not be taken into the programme. Thank you for offering it."),
    )  # fmt: skip


def _post(contribution, event, subject, line):
    numbers = ConferencePage.objects.live().filter(translation_key=contribution.desk.translation_key)
    number = numbers.values_list("pk", flat=True).first()

    def compose():
        page = conference_for_readers(number)
        return Letter(
            subject=subject() % {"title": contribution.title},
            lines=(line(),),
            facts=((_("Conference"), page.title), (_("Title"), contribution.title), (_("Speaker"), contribution.name)),
            quote=contribution.answer,
            action=_("To the conference"),
            address=page_address(page),
        )

    if number is not None:
        post_to(contribution.email, f"contribution:{contribution.pk}:{event}", contribution.reader_language, compose)
