"""Who is told of what.

One mail a person and event, in the reader's language, to those alone who can act.
"""

from datetime import UTC, datetime

import pytest
from django.core import mail
from wagtail.users.models import UserProfile

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.mail.models import Mail, MailPreference
from ecca_site.moderation.models import ReviewTask
from partners.models import PartnerPage
from tests import factories


def addressees(word):
    """Return the names of those who got a mail about an event, one for each mail."""
    mails = (
        Mail.objects.filter(key__startswith=f"{word}:")
        .select_related("user")
        .order_by("user__username")
    )
    return [entry.user.username for entry in mails]


@pytest.fixture
def people(person, moderator):
    """One of each role beside the moderator, and some of two roles."""
    return {
        "english": person("english", roles.REVIEWER.group_name("en")),
        "slovenian": person("slovenian", roles.REVIEWER.group_name("sl")),
        "both": person("both", roles.PARTNER_MODERATOR.name, roles.REVIEWER.group_name("en")),
        "translator": person("translator", roles.TRANSLATOR.group_name("sl")),
        "conferences": person("conferences", roles.CONFERENCE_MANAGER.name),
        "administrators": person("administrators", roles.ADMINISTRATOR.name),
    }


@pytest.fixture
def slovenian_profile(partners, profile):
    factories.home_of("sl")
    factories.translated(partners, "sl", "Partnerji")
    setup_site()  # which gives the Slovenian section its workflow
    return factories.translated(profile, "sl", "Kamen")


def test_only_those_are_written_to_who_can_act(
    people, admin_user, profile, slovenian_profile, site, submit, editor
):
    submit(profile, editor)
    assert addressees("submitted") == ["both", "english", "moderator"]
    Mail.objects.all().delete()
    submit(slovenian_profile, editor)
    assert addressees("submitted") == ["both", "moderator", "slovenian"]
    Mail.objects.all().delete()
    submit(factories.add_news(factories.add_news_index(site)), editor, title="News")
    assert addressees("submitted") == ["both", "english"]


def test_superusers_are_written_to_if_they_ask(people, admin_user, profile, submit, editor):
    MailPreference.objects.create(user=admin_user, wants_reviews=True)
    submit(profile, editor)
    assert addressees("submitted") == ["admin", "both", "english", "moderator"]


def test_whoever_wrote_or_submitted_it_is_not_asked_to_review_it(people, profile, submit):
    submit(profile, people["both"])
    assert addressees("submitted") == ["english", "moderator"]


def test_who_left_is_not_written_to(people, profile, submit, editor):
    people["both"].is_active = False
    people["both"].save()
    submit(profile, editor)
    assert addressees("submitted") == ["english", "moderator"]


def test_who_wants_no_mails_about_submissions_gets_none(people, profile, submit, editor, moderator):
    UserProfile.objects.create(user=moderator, submitted_notifications=False)
    UserProfile.objects.create(user=editor, approved_notifications=False)
    state = submit(profile, editor)
    assert addressees("submitted") == ["both", "english"]
    state.task.specific.on_action(state, moderator, "approve")
    assert addressees("approved") == []


def test_it_says_what_changed_who_and_since_when_and_links_to_the_review(
    profile, submit, editor, moderator
):
    state = submit(profile, editor, city="Maribor", website="https://e.example")
    entry = Mail.objects.get(user=moderator)
    assert entry.subject == "[English · partner profile] Stone: waits for review"
    for part in (
        "city, website",
        "editor",
        "Submitted on",
        "Due",
        f"http://127.0.0.1:8000/cms/moderation/{state.pk}/",
    ):
        assert part in entry.text
        assert part in entry.html
    assert entry.link == f"http://127.0.0.1:8000/cms/moderation/{state.pk}/"


def test_each_reads_it_in_their_own_language(
    profile, submit, person, people, editor, django_capture_on_commit_callbacks
):
    UserProfile.objects.create(user=people["english"], preferred_language="sl")
    UserProfile.objects.create(user=people["both"], preferred_language="pl")
    UserProfile.objects.create(
        user=editor, preferred_language="hu"
    )  # who acts, whose language counts for nobody else
    with django_capture_on_commit_callbacks(execute=True):
        submit(profile, editor)
    sent = {message.to[0].partition("@")[0]: message for message in mail.outbox}
    for name, code in (("english", "sl"), ("both", "pl"), ("moderator", "en")):
        message = sent[name]
        html = message.alternatives[0].content
        assert f'<html lang="{code}">' in html
        entry = Mail.objects.get(user__username=name)
        assert entry.language == code
    words = {"sl": "profil partnerja", "pl": "profil partnera", "en": "partner profile"}
    for name, code in (("english", "sl"), ("both", "pl"), ("moderator", "en")):
        message = sent[name]
        for part in (message.subject, message.body, message.alternatives[0].content):
            assert words[code] in part
            assert not [word for other, word in words.items() if other != code and word in part]


def test_of_what_is_live_by_now_it_says_neither_that_nothing_changes_nor_when_it_is_due(
    profile, submit, editor, moderator
):
    state = submit(profile, editor, city="Maribor")
    state.task.specific.on_action(state, moderator, "approve")
    text = Mail.objects.get(user=editor).text
    assert "Submitted on" in text
    assert "What changes" not in text
    assert "Due" not in text


def test_of_a_version_with_a_date_it_says_when_it_goes_live(profile, submit, editor, moderator):
    state = submit(profile, editor, city="Maribor", go_live_at=datetime(2199, 3, 1, 9, tzinfo=UTC))
    state.task.specific.on_action(state, moderator, "approve")
    for user in (moderator, editor):
        text = Mail.objects.get(user=user).text
        assert "Goes live on: 1 March 2199, 10:00\n" in text
        assert "city" in text


def test_of_a_date_that_is_past_it_says_nothing(profile, submit, editor, moderator):
    submit(profile, editor, city="Maribor", go_live_at=datetime(2001, 3, 1, 9, tzinfo=UTC))
    assert "Goes live on" not in Mail.objects.get(user=moderator).text


def test_whoever_submitted_hears_of_the_decision_once(profile, submit, editor, moderator):
    state = submit(profile, editor)
    state.task.specific.on_action(state, moderator, "reject", comment="Which bridge?")
    page = PartnerPage.objects.get(pk=profile.pk)
    page.current_workflow_state.resume(user=editor)
    state = PartnerPage.objects.get(pk=profile.pk).current_workflow_task_state
    state.task.specific.on_action(state, moderator, "approve")
    rejected, approved = Mail.objects.filter(user=editor).order_by("pk")
    assert rejected.subject == "[English · partner profile] Stone: changes requested"
    assert "Which bridge?" in rejected.text
    assert "Which bridge?" in rejected.html
    assert rejected.link == f"http://127.0.0.1:8000/cms/pages/{profile.pk}/edit/"
    assert approved.subject == "[English · partner profile] Stone: approved"
    assert addressees("submitted") == ["moderator", "moderator"], (
        "once for each time it was submitted"
    )


def test_who_decides_is_not_written_to(profile, submit, admin_user):
    state = submit(profile, admin_user)
    state.task.specific.on_action(state, admin_user, "override", comment="Urgent.")
    assert addressees("approved") == []


def test_wagtails_own_mails_are_not_sent_beside_ours(
    profile, submit, editor, moderator, admin_user, settings
):
    settings.EMAIL_BACKEND = "ecca_site.mail.backend.OutboxBackend"
    settings.WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = True
    state = submit(profile, editor)
    state.task.specific.on_action(state, moderator, "approve")
    assert not Mail.objects.filter(key__startswith="message:").exists()
    assert Mail.objects.count() == 2


def test_a_rolled_back_approval_tells_nobody(profile, submit, editor, moderator, monkeypatch):
    from wagtail.models import Revision

    state = submit(profile, editor)
    Mail.objects.all().delete()

    def fail(self, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Revision, "publish", fail)
    with pytest.raises(RuntimeError):
        state.task.specific.on_action(state, moderator, "approve")
    assert not Mail.objects.exists()
    state.refresh_from_db()
    assert state.status == "in_progress"


def test_a_group_of_ones_own_reviews_too(profile, submit, editor, person):
    from django.contrib.auth.models import Group

    task = ReviewTask.objects.get(name="Partner moderation")
    task.groups.set([Group.objects.create(name="Own")])
    person("own", "Own")
    submit(profile, editor)
    assert addressees("submitted") == ["own"]
