"""Put work for every role into a demo: ``python -m tests.e2e.hours.work``, with the demo's
environment.

Visitors apply, register and contribute, a page waits to be deleted, a translation is ready to be
submitted, a guest has an address and a mail could not be sent.
"""

import datetime
import secrets
import time

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402  needs the apps
from django.core import signing  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import TaskState  # noqa: E402
from wagtail_localize.models import StringSegment, StringTranslation, Translation  # noqa: E402

from conferences.models import ConferencePage, Contribution, Registration  # noqa: E402
from ecca_site.intake.submissions import SALT  # noqa: E402
from ecca_site.mail.models import Mail  # noqa: E402
from ecca_site.moderation.models import GuestLink  # noqa: E402
from ecca_site.moderation.models.requests import ask_for  # noqa: E402
from ecca_site.translation.models import ChangeNote  # noqa: E402
from news.models import NewsPage  # noqa: E402
from partners.models import Application  # noqa: E402
from tests.partners.joining import confirmed  # noqa: E402

TRANSLATED = "book-the-date"
UNTRANSLATED = "walls-that-come-apart"


def person(username):
    return get_user_model().objects.get(username=username)


def early_stamp():
    """Return the stamp of a form that was opened a minute ago, as people need it to fill one in."""
    return signing.dumps([secrets.token_urlsafe(12), time.time() - 60], salt=SALT)


def send_forms_of_visitors():
    client = Client(HTTP_HOST="127.0.0.1")
    application, _address = confirmed(client, stamp=early_stamp())
    assert Application.objects.get() == application
    conference = ConferencePage.objects.get(slug="building-with-what-we-have")
    path = f"/en/conference/{conference.pk}"
    visitor = {
        "name": "Ana Visitor",
        "email": "ana@example.org",
        "organisation": "Cluster",
        "consent": "on",
    }
    assert client.post(f"{path}/register/", {"stamp": early_stamp(), **visitor}).status_code == 302
    contribution = {"title": "Timber", "abstract": "On timber.", "language": "en", **visitor}
    assert (
        client.post(f"{path}/contribute/", {"stamp": early_stamp(), **contribution}).status_code
        == 302
    )
    assert Registration.objects.count() == 1
    assert Contribution.objects.count() == 1


def ask_for_decisions():
    """Ask to take a news item offline, and give a guest the address of what waits first."""
    page = NewsPage.objects.filter(live=True, locale__language_code="en").order_by("pk").last()
    ask_for(page, "unpublish", person("editor"), "It is over.")
    first = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).order_by("pk").first()
    until = timezone.now() + datetime.timedelta(days=14)
    GuestLink.objects.create(
        revision=first.revision, created_by=person("moderator"), expires_at=until
    )


def change_originals():
    """Change two items that are live in Slovenian.

    Of one the change is translated, of the other it waits for that.
    """
    note = "It says now what is new about it."
    changed = [change(slug, note) for slug in (TRANSLATED, UNTRANSLATED)]
    translation = Translation.objects.get(
        source__object_id=changed[0].translation_key, target_locale__language_code="sl"
    )
    segment = StringSegment.objects.get(source=translation.source, context__path="summary")
    StringTranslation.objects.create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        data="Kar se skrbno razgradi, se spet vgradi.",
    )


def change(slug, note):
    page = NewsPage.objects.get(slug=slug, locale__language_code="en")
    page.summary = f"{page.summary} What is taken down with care is built in again."
    revision = page.save_revision(user=person("editor"))
    ChangeNote.objects.create(revision=revision, note=note)
    revision.publish()
    return page


def fail_a_mail():
    mail = Mail.objects.latest("pk")
    Mail.objects.filter(pk=mail.pk).update(
        sent_at=None, gave_up_at=timezone.now(), last_error="No such mailbox"
    )


if __name__ == "__main__":
    send_forms_of_visitors()
    ask_for_decisions()
    change_originals()
    fail_a_mail()
