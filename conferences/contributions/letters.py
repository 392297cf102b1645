"""The letters to the author of a contribution, in the language in which it was sent.

Nobody has confirmed the mailbox: what was typed is in a letter only after the organisers have
accepted it. Before, the moment when it was sent says which one is meant.
"""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.addresses import conference_for_readers, page_address
from conferences.models import ConferencePage, Contribution
from ecca_site.i18n.dates import localized_date, localized_time
from ecca_site.mail.outbox import Letter, post_to


def thank(contribution: Contribution) -> None:
    """Say that a contribution has arrived."""
    subject = gettext_lazy("Your contribution has arrived")
    line = gettext_lazy(
        "We have received your contribution. You get a mail when the organisers have decided."
    )
    _post(contribution, "received", subject, line)


def tell_decision(contribution: Contribution) -> None:
    """Say whether a contribution was accepted or declined, with the organisers' answer."""
    if contribution.state == contribution.State.ACCEPTED:
        subject = gettext_lazy("Accepted: %(title)s")
        line = gettext_lazy(
            "Your contribution has been accepted into the programme. It "
            "appears there once it is published."
        )
    else:
        subject = gettext_lazy("Your contribution is not in the programme")
        line = gettext_lazy(
            "Your contribution could not be taken into the programme. Thank you for offering it."
        )
    _post(contribution, contribution.state, subject, line)


def _post(contribution: Contribution, event: str, subject: Promise, line: Promise) -> None:
    key = contribution.desk.translation_key
    numbers = ConferencePage.objects.live().filter(translation_key=key)
    number = numbers.values_list("pk", flat=True).first()

    def compose() -> Letter:
        page = conference_for_readers(number)
        return Letter(
            subject=str(subject) % {"title": contribution.title},
            lines=(str(line),),
            facts=((_("Conference"), page.title), *_facts(contribution)),
            quote=contribution.answer,
            action=_("To the conference"),
            address=page_address(page),
        )

    if number is not None:
        post_to(
            contribution.email,
            f"contribution:{contribution.pk}:{event}",
            contribution.reader_language,
            compose,
        )


def _facts(contribution: Contribution) -> tuple[tuple[str, str], ...]:
    if contribution.state == contribution.State.ACCEPTED:
        return ((_("Title"), contribution.title), (_("Speaker"), contribution.name))
    sent_at = timezone.localtime(contribution.created_at)
    return ((_("Sent"), f"{localized_date(sent_at)}, {localized_time(sent_at)}"),)
