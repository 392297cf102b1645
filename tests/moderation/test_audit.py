"""Every step is in the log.

Who, when, which version and what was said; to take along, and not to be changed.
"""

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.core import serializers
from django.urls import get_resolver
from django.utils import timezone
from wagtail.models import GroupPagePermission, ModelLogEntry, PageLogEntry
from wagtail.snippets.models import get_snippet_models

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.moderation.models import withdraw
from partners.models import PartnerPage
from tests import factories

AUDIT = "/cms/moderation/audit/"


@pytest.fixture
def signed_in(client, moderator):
    client.force_login(moderator)
    return client


def reload(page):
    return PartnerPage.objects.get(pk=page.pk)


def resubmit(page, user):
    reload(page).current_workflow_state.resume(user=user)
    return reload(page).current_workflow_task_state


def rows(client, query=""):
    response = client.get(f"{AUDIT}?export=csv{query}")
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))


def steps(page):
    return [row["Name of the step"] for row in reversed(page) if row["Name of the step"].startswith(
        ("wagtail.workflow", "wagtail.publish", "wagtail.unpublish", "moderation"))]  # fmt: skip


def test_every_step_of_a_page_with_who_when_version_and_comment(
    profile, submit, editor, moderator, admin_user, client
):
    started = timezone.now()
    first = submit(profile, editor)
    client.force_login(moderator)
    client.post(f"/cms/moderation/{first.pk}/claim/")
    withdraw(first, editor)
    second = resubmit(profile, editor)
    second.task.specific.on_action(second, moderator, "reject", comment="Which bridge?")
    third = resubmit(profile, editor)
    third.task.specific.on_action(third, moderator, "approve", comment="Thanks.")
    fourth = submit(reload(profile), admin_user, city="Koper")
    fourth.task.specific.on_action(fourth, admin_user, "override", comment="Urgent.")
    reload(profile).unpublish(user=admin_user)
    group = Group.objects.get(name=roles.EDITOR.name)
    GroupPagePermission.objects.create(group=group, page=profile, permission_type="lock")

    page = rows(client, f"&page={profile.pk}")
    found = {
        (row["Name of the step"], row["Who"], row["Version"], row["Comment"])
        for row in page
        if started.strftime("%Y-%m-%d") <= row["When"][:10]
    }
    version, last = str(first.revision_id), str(fourth.revision_id)
    assert found >= {
        ("wagtail.workflow.start", "editor", version, ""),
        ("moderation.claim", "moderator", version, ""),
        ("moderation.withdraw", "editor", version, ""),
        ("wagtail.workflow.resume", "editor", version, ""),
        ("wagtail.workflow.reject", "moderator", version, "Which bridge?"),
        ("wagtail.workflow.approve", "moderator", version, "Thanks."),
        ("wagtail.publish", "moderator", version, ""),
        ("moderation.override", "admin", last, "Urgent."),
        ("wagtail.workflow.approve", "admin", last, "Urgent."),
        ("wagtail.publish", "admin", last, ""),
        ("wagtail.unpublish", "admin", "", ""),
        ("moderation.permissions", "system", "", "'+ Communications editors: lock_page"),
    }
    assert [step for step in steps(page) if step != "moderation.permissions"] == [
        "wagtail.publish", "wagtail.workflow.start", "moderation.claim", "moderation.withdraw",
        "wagtail.workflow.resume", "wagtail.workflow.reject", "wagtail.workflow.resume",
        "wagtail.workflow.approve",
        "wagtail.publish", "wagtail.workflow.start", "moderation.override",
        "wagtail.workflow.approve",
        "wagtail.publish", "wagtail.unpublish",
    ]  # fmt: skip


def test_an_organisation_in_all_its_languages_and_nobody_elses(
    partners, profile, submit, editor, signed_in
):
    factories.home_of("sl")
    factories.translated(partners, "sl", "Partnerji")
    slovenian = factories.translated(profile, "sl", "Kamen")
    other = factories.add_partner(partners, title="Wood", legal_name="Wood Ltd")
    for page in (profile, slovenian, other):
        submit(page, editor)
    found = {row["What"] for row in rows(signed_in, f"&organisation={profile.translation_key}")}
    assert found == {"Stone", "Kamen"}
    html = signed_in.get(AUDIT).content.decode()
    assert html.count(f'value="{profile.translation_key}"') == 1
    assert html.count(f'value="{other.translation_key}"') == 1


@pytest.mark.parametrize("query", [
    "&page=abc", "&page=-1", "&page=999999999999999999999999", "&organisation=nobody",
    "&action=burn", "&user=x",
    "&timestamp_from=yesterday", "&ordering=password",
])  # fmt: skip
def test_a_filter_that_makes_no_sense_is_no_error(profile, signed_in, query):
    assert signed_in.get(f"{AUDIT}?{query[1:]}").status_code == 200
    assert rows(signed_in, query) is not None


def test_reviewers_see_the_pages_of_their_language(
    partners, profile, submit, editor, client, person
):
    factories.home_of("sl")
    factories.translated(partners, "sl", "Partnerji")
    slovenian = factories.translated(profile, "sl", "Kamen")
    submit(slovenian, editor)
    submit(profile, editor)
    client.force_login(person("slovenian", roles.REVIEWER.group_name("sl")))
    numbers = {row["Number of the page"] for row in rows(client)}
    assert str(slovenian.pk) in numbers
    assert str(profile.pk) not in numbers


def test_who_reviews_nothing_sees_no_audit(profile, client, editor):
    client.force_login(editor)
    assert client.get(AUDIT).status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_log_is_read_alone(profile, signed_in, method):
    before = PageLogEntry.objects.count()
    assert getattr(signed_in, method)(AUDIT).status_code == 405
    assert PageLogEntry.objects.count() == before


def test_no_address_of_the_cms_edits_the_log():
    """The log's models have no viewset, no snippet and no admin."""

    def names(patterns):
        for pattern in patterns:
            yield getattr(pattern, "name", None) or getattr(pattern, "namespace", None) or ""
            yield from names(getattr(pattern, "url_patterns", ()))

    assert not {PageLogEntry, ModelLogEntry} & set(get_snippet_models())
    assert not [
        name for name in names(get_resolver().url_patterns) if "logentry" in name.replace("_", "")
    ]


def test_formulas_stay_text(partners, submit, editor, signed_in, moderator):
    page = factories.add_partner(partners, title="=HYPERLINK(1)")
    state = submit(page, editor)
    state.task.specific.on_action(state, moderator, "reject", comment="=1+1")
    found = [
        row
        for row in rows(signed_in, f"&page={page.pk}")
        if row["Name of the step"] == "wagtail.workflow.reject"
    ]
    assert [(row["What"], row["Comment"]) for row in found] == [("'=HYPERLINK(1)", "'=1+1")]


def test_a_long_log_costs_what_a_short_one_costs(
    profile, submit, editor, signed_in, django_assert_max_num_queries
):
    submit(profile, editor)
    signed_in.get(AUDIT)
    with django_assert_max_num_queries(30) as few:
        signed_in.get(AUDIT)
    for number in range(60):
        PageLogEntry.objects.log_action(
            profile, "wagtail.edit", user=editor, title=f"Title {number}"
        )
    with django_assert_max_num_queries(30) as many:
        assert len(signed_in.get(AUDIT).context["table"].data) == 50
    assert len(few) == len(many)


def test_an_export_is_longer_than_a_page_of_the_list(profile, editor, signed_in):
    for number in range(60):
        PageLogEntry.objects.log_action(
            profile, "wagtail.edit", user=editor, title=f"Title {number}"
        )
    assert len([row for row in rows(signed_in) if row["What"].startswith("Title ")]) == 60


# --- Changed permissions -------------------------------------------------------------------------
def permission_steps(client):
    return [
        (row["What"], row["Who"], row["Comment"])
        for row in rows(client, "&action=moderation.permissions")
    ]


def test_changed_permissions_of_people_are_logged_with_who_did_it(site, admin_client, person):
    user = person("ana", roles.EDITOR.name)
    group = Group.objects.get(name=roles.TRANSLATOR.group_name("sl"))
    admin_client.post(f"/cms/users/edit/{user.pk}/", {
        "username": "ana", "email": "ana@example.org", "first_name": "Ana", "last_name": "Novak",
        "groups": [group.pk], "is_active": "on", "is_superuser": "on",
    })  # fmt: skip
    found = [row for row in permission_steps(admin_client) if row[1] == "admin"]
    assert sorted(found) == [
        ("ana", "admin", "'+ Translators (sl)"),
        ("ana", "admin", "'+ is_superuser"),
        ("ana", "admin", "− Communications editors"),
    ]


def test_changed_permissions_of_groups_are_logged(site, admin_client):
    group = Group.objects.create(name="Own")
    admin_client.post(f"/cms/groups/edit/{group.pk}/", {
        "name": "Own", "permissions": [],
        **{f"{prefix}-{name}": value for prefix in (
            "page_permissions", "collection_permissions", "document_permissions",
            "image_permissions",
            "collection_management_permissions", "GroupImagePermissionFormSet",
        ) for name, value in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0), ("MAX_NUM_FORMS", 1000))},
        "page_permissions-TOTAL_FORMS": 1, "page_permissions-0-page": site.pk,
        "page_permissions-0-permissions": ["change_page", "publish_page"],
    })  # fmt: skip
    assert GroupPagePermission.objects.filter(group=group).count() == 2
    found = [row for row in permission_steps(admin_client) if row[1] == "admin"]
    assert found == [("Own", "admin", "'+ change_page: ECCA; publish_page: ECCA")]


def test_a_restored_backup_changes_no_permissions(site, person):
    user = person("ana", roles.EDITOR.name)
    backup = serializers.serialize("json", [user, *user.groups.all()])
    ModelLogEntry.objects.all().delete()
    for restored in serializers.deserialize("json", backup):
        restored.save()
    assert not ModelLogEntry.objects.exists()


def test_powers_are_logged_when_they_are_saved_and_once(person):
    user = person("ana", roles.EDITOR.name)
    ModelLogEntry.objects.all().delete()
    user.is_superuser = True
    user.save(update_fields=["last_login"])
    assert not ModelLogEntry.objects.exists()
    user.save(update_fields=["is_superuser"])
    user.save()
    user.is_active = False
    user.save()
    type(user).objects.create_superuser("ben")
    logged = ModelLogEntry.objects.order_by("pk").values_list("label", "data__comment")
    assert list(logged) == [
        ("ana", "+ is_superuser"), ("ana", "− is_active"), ("ben", "+ is_superuser"),
    ]  # fmt: skip


def test_moderators_do_not_see_the_permissions_of_people(site, partners, signed_in, person):
    person("ana", roles.EDITOR.name)
    setup_site()
    assert not [row for row in permission_steps(signed_in) if row[0] == "ana"]
