"""Every form of every screen is sent as a browser sends it, to a site that checks tokens, and
taken.
"""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation

from conferences.models import Contribution, Registration, Speaker
from ecca_site.access.site_setup import setup_site
from ecca_site.intake import submissions
from ecca_site.mail.models import Mail
from ecca_site.moderation.models import GuestLink
from ecca_site.moderation.revoking import approved_and_waiting
from partners.freshness.rounds import ask_for_confirmations
from partners.models import Application
from partners.teams import setup_partner
from tests import factories, forms
from tests.conferences.programmes import add_conference, session
from tests.conferences.registering import register
from tests.conferences.test_contributions import contribute
from tests.partners import joining
from tests.test_form_tokens import posting, templates
from tests.translation.conftest import publish_translation, request_translation

REFUSED = {403, 404, 405, 500}
NUMBER = re.compile(r"\d+|languages/[a-z-]+")
ADMIN, PARTNER, STRANGER = "administrator", "partner", "stranger"
# What only the answer to another form shows; the tests of these answers send them.
ANSWERS = {
    "includes/sent_again.html",
    "translation/alarm_dismiss.html",
    "translation/submit_asked.html",
    "translation/text_refused.html",
}
# What one sees on the way in, or with a second factor: tests/e2e/test_second_factor.py sends them.
ON_THE_WAY_IN = ("access/", "account/", "mfa/")


def build():
    """Make one of everything that a screen with a form is about."""
    home, editor = (
        factories.home_of(),
        get_user_model().objects.create_user("editor", "e@example.org", "x"),
    )
    news, partners = factories.add_news_index(home), factories.add_partner_index(home)
    conferences = factories.add_conference_index(home)
    factories.home_of("sl")
    factories.translated(news, "sl", "Novice", slug="novice")
    setup_site()
    item = factories.add_news(news, title="Bricks", body=[("paragraph", "<p>One wall.</p>")])
    other, stale = factories.add_news(news, title="Timber"), factories.add_news(news, title="Stone")
    translation = request_translation(item, "sl")
    publish_translation(stale, "sl")
    profile = factories.add_partner(partners, mailbox="office@stone.example")
    _submit(other, editor, title="Timber again")
    _submit(profile, editor, city="Maribor")
    _approve_for_later(factories.add_news(news, title="Sand"), editor)
    meeting = add_conference(
        conferences, session("09:00", "10:00", "Bricks", room="1"), rooms=["1"],
        takes_registrations=True,
        consent_text="I agree.", consent_version="1", call_text="<p>Tell us.</p>",
        call_deadline_at=timezone.now() + datetime.timedelta(days=30),
    )  # fmt: skip
    return {"item": item, "other": other, "stale": stale, "profile": profile, "meeting": meeting,
            "translation": translation}  # fmt: skip


def _approve_for_later(page, user):
    _submit(page, user, go_live_at=timezone.now() + datetime.timedelta(days=30))
    chief = get_user_model().objects.create_superuser("chief", "c@example.org", "x")
    state = type(page).objects.get(pk=page.pk).current_workflow_task_state
    state.task.specific.on_action(state, chief, "approve")


def _submit(page, user, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=user)
    page.get_workflow().start(page, user)


@pytest.fixture(scope="module")
def kept_world(keep):
    return keep(build)


@pytest.fixture
def world(kept_world, site, monkeypatch):
    monkeypatch.setattr(submissions, "QUICKEST", 0)
    return SimpleNamespace(**kept_world())


def member_of(profile):
    team = setup_partner(profile.translation_key)
    user = get_user_model().objects.create_user("partner", "p@example.org", "x")
    user.groups.add(team.group)
    return user


@pytest.fixture
def browsers(world):
    """The browsers of an administrator, of a partner and of a stranger, to whom tokens matter."""
    administrator = get_user_model().objects.create_superuser("admin", "a@example.org", "x")
    clients = {name: Client(enforce_csrf_checks=True) for name in (ADMIN, PARTNER, STRANGER)}
    clients[ADMIN].force_login(administrator)
    clients[PARTNER].force_login(member_of(world.profile))
    return clients


def screens_of_the_cms(world):
    state = Page.objects.get(pk=world.other.pk).current_workflow_task_state
    translation = world.translation.pk
    draft = world.item.get_translation(world.translation.target_locale)
    stale = world.stale.get_translation(world.translation.target_locale)
    registration, contribution = Registration.objects.latest("pk"), Contribution.objects.get()
    application = Application.objects.exclude(profile_id=None).get()
    review = Page.objects.get(pk=application.profile_id).current_workflow_task_state
    speaker = Speaker.objects.create(name="Ana", locale=world.item.locale)
    parts = dict.fromkeys(("key", "subject", "text", "html"), "x")
    lost = Mail.objects.create(
        **parts, address="x@example.org", language="en", attempts=9, gave_up_at=timezone.now()
    )
    return [
        "/cms/moderation/",
        f"/cms/moderation/{state.pk}/",
        f"/cms/moderation/{approved_and_waiting().get().pk}/revoke/",
        f"/cms/moderation/pages/{world.other.pk}/withdraw/",
        f"/cms/moderation/pages/{world.item.pk}/request/",
        f"/cms/applications/{review.pk}/{application.pk}/",
        "/cms/mails/",
        f"/cms/mails/{lost.pk}/",
        f"/cms/conferences/{world.meeting.pk}/mail/",
        f"/cms/conferences/registration/{registration.pk}/cancel/",
        f"/cms/conferences/contribution/{contribution.pk}/",
        "/cms/translations/",
        "/cms/translations/languages/",
        f"/cms/translations/pages/{world.stale.pk}/",
        f"/cms/translations/pages/{world.item.pk}/together/",
        f"/cms/translations/pages/{stale.pk}/confirm/",
        f"/cms/pages/{draft.pk}/edit/",
        f"/cms/localize/translate/{translation}/pofile/upload/",
        f"/cms/pages/{world.item.pk}/delete/",
        f"/cms/pages/{world.item.pk}/move/{world.item.get_parent().pk}/confirm/",
        f"/cms/snippets/conferences/speaker/delete/{speaker.pk}/",
    ]


def screens_of_the_site(world):
    link = GuestLink.objects.get()
    ask_for_confirmations(timezone.localdate() + datetime.timedelta(days=800))
    question = Mail.objects.filter(text__contains="confirm-profile").latest("pk")
    registration = Mail.objects.filter(text__contains="/registration/").latest("pk")
    application = Mail.objects.filter(text__contains="/application/").latest("pk")
    return [
        f"/en/conference/{world.meeting.pk}/register/",
        f"/en/conference/{world.meeting.pk}/contribute/",
        "/en/apply/partner/",
        f"/en/partner/{world.profile.pk}/contact/",
        joining.link_in(question, "confirm-profile"),
        joining.link_in(registration, "registration"),
        joining.link_in(application),
        f"/review/{link.token}/",
    ]


def send_all(client, path, problems, seen):
    """Press each button of each form of a screen; what that changes is undone each time."""
    screen = client.get(path)
    if screen.status_code != 200:
        problems.append((path, screen.status_code))
        return
    seen.update(template.name for template in screen.templates if template.name)
    for form in forms.forms_of(screen.content.decode()):
        for button in form.buttons or [None]:
            kind = NUMBER.sub("0", f"{form.action or path} {button}")
            if kind in seen:
                continue
            seen.add(kind)
            with transaction.atomic():
                cookies = client.cookies.copy()
                answer = forms.send(client, path, form, button)
                client.cookies = cookies
                transaction.set_rollback(True)
            if answer.status_code in REFUSED:
                problems.append((path, form.action, button, answer.status_code))


def begin_work(world, browsers):
    """Let visitors send what the desks and reviews of the screens are about."""
    visitor = Client()
    assert register(visitor, world.meeting).status_code == 302
    assert contribute(visitor, world.meeting).status_code == 302
    joining.confirmed(visitor)
    assert joining.apply(visitor, mailbox="second@timber.example").status_code == 302
    state = Page.objects.get(pk=world.other.pk).current_workflow_task_state
    review = f"/cms/moderation/{state.pk}/"
    page = browsers[ADMIN].get(review).content.decode()
    guests = next(form for form in forms.forms_of(page) if form.action.endswith("/guests/"))
    assert forms.send(browsers[ADMIN], review, guests).status_code == 302


@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
def test_every_form_is_taken_with_the_token_of_its_own_page(world, browsers):
    begin_work(world, browsers)
    problems, seen = [], set()
    for path in screens_of_the_cms(world):
        send_all(browsers[ADMIN], path, problems, seen)
    send_all(browsers[PARTNER], "/cms/colleagues/", problems, seen)
    for path in [*screens_of_the_site(world), "/cms/login/", "/cms/password_reset/"]:
        send_all(browsers[STRANGER], path, problems, seen)
    assert problems == []
    unseen = posting(templates()).keys() - seen
    assert {name for name in unseen if not name.startswith(ON_THE_WAY_IN)} == ANSWERS


def test_a_text_of_a_translation_is_saved_by_script_with_the_token_of_its_page(world, browsers):
    client = browsers[ADMIN]
    draft = world.item.get_translation(world.translation.target_locale)
    token = client.get(f"/cms/pages/{draft.pk}/edit/").context["csrf_token"]
    segment = StringSegment.objects.filter(source=world.translation.source).first()
    address = f"/cms/localize/translate/{world.translation.pk}/strings/{segment.pk}/edit/"
    values = {"data": "value=Opeka", "content_type": "application/x-www-form-urlencoded"}
    assert client.put(address, **values).status_code == 403
    assert not StringTranslation.objects.filter(data="Opeka").exists()
    assert client.put(address, **values, HTTP_X_CSRFTOKEN=str(token)).status_code == 201
    assert StringTranslation.objects.filter(data="Opeka").count() == 1
