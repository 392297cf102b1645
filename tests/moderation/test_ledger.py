"""The publication ledger: whoever asks why something is live finds the approval in it."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from conferences.models import Speaker
from ecca_site.moderation.ledger.chain import link_entries
from ecca_site.moderation.ledger.triggers import TABLES
from ecca_site.moderation.models import (
    LedgerEntry,
    LedgerHead,
    LedgerLink,
    Seal,
    Signatory,
    ask_for,
)
from ecca_site.moderation.models.ledger import WrittenOnce
from partners.models import PartnerPage
from tests import factories


def approve(state, user, action="approve", comment=""):
    state.task.specific.on_action(state, user, action, comment=comment)


def entries(page):
    return list(LedgerEntry.objects.filter(key=str(page.pk)).order_by("pk"))


def verify():
    """Return what ``verify_ledger`` says, and what it finds wrong."""
    told, wrong = StringIO(), StringIO()
    try:
        call_command("verify_ledger", stdout=told, stderr=wrong)
    except CommandError as error:
        return str(error), wrong.getvalue().splitlines()
    return told.getvalue().strip(), wrong.getvalue().splitlines()


# --- What is written -----------------------------------------------------------------------------
def test_an_approval_is_written_with_version_seal_and_person(profile, submit, editor, moderator):
    state = submit(profile, editor)
    approve(state, moderator)
    state.refresh_from_db()
    entry = entries(profile)[-1]
    assert (entry.act, entry.kind, entry.language, entry.rule) == (
        "live", "partners.partnerpage", "en", "review",
    )  # fmt: skip
    assert entry.revision_number == state.revision_id
    assert entry.seal_digest == Seal.objects.get(task_state=state).digest
    assert Signatory.objects.get(key=entry.signatory_key).name == "moderator"
    assert entry.approved_at == state.finished_at.replace(microsecond=0)


def test_a_command_is_written_as_one(profile):
    assert [(entry.act, entry.rule, entry.signatory_key) for entry in entries(profile)] == [
        ("live", "command", "")
    ]


def test_against_the_rule_of_four_eyes_says_so(profile, submit, admin_user):
    approve(submit(profile, admin_user), admin_user, "override", "It is urgent.")
    assert entries(profile)[-1].rule == "override"


def test_a_date_names_who_approved_it(profile, submit, editor, moderator, time_travel):
    date = timezone.now() + datetime.timedelta(days=2)
    approve(submit(profile, editor, go_live_at=date), moderator)
    assert len(entries(profile)) == 1, "it is not live yet"
    time_travel(date + datetime.timedelta(minutes=1))
    call_command("publish_scheduled")
    entry = entries(profile)[-1]
    assert entry.rule == "schedule"
    assert Signatory.objects.get(key=entry.signatory_key).user == moderator


def test_a_request_that_is_granted_is_written(profile, editor, moderator):
    ask_for(profile, "unpublish", editor, "It has closed.")
    approve(PartnerPage.objects.get(pk=profile.pk).current_workflow_task_state, moderator)
    entry = entries(profile)[-1]
    assert (entry.act, entry.rule) == ("offline", "request")
    assert Signatory.objects.get(key=entry.signatory_key).user == moderator


def test_an_administrator_without_a_review_is_named(profile, admin_client, admin_user):
    admin_client.post(f"/cms/pages/{profile.pk}/unpublish/")
    entry = entries(profile)[-1]
    assert (entry.act, entry.rule) == ("offline", "direct")
    assert Signatory.objects.get(key=entry.signatory_key).user == admin_user


def test_what_is_deleted_went_offline(profile, site):
    key = profile.pk
    profile.delete()
    speaker = Speaker.objects.create(name="Ana", locale=site.locale)
    speaker.save_revision().publish()
    speaker = Speaker.objects.get()
    other = speaker.pk
    speaker.delete()
    found = LedgerEntry.objects.filter(key__in=[str(key), str(other)]).order_by("pk")
    assert [(entry.kind, entry.act) for entry in found if entry.kind != "home.homepage"] == [
        ("partners.partnerpage", "live"),
        ("partners.partnerpage", "offline"),
        ("conferences.speaker", "live"),
        ("conferences.speaker", "offline"),
    ]


def test_a_live_copy_and_an_alias_are_written(profile, site, admin_user):
    copy = profile.copy(update_attrs={"slug": "copy"}, keep_live=True, user=admin_user)
    alias = profile.create_alias(update_slug="alias")
    assert [entry.act for entry in entries(copy)] == ["live"]
    PartnerPage.objects.get(pk=profile.pk).save_revision().publish()
    assert [entry.act for entry in entries(alias)][-1:] == ["live"]
    assert verify()[1] == []


def test_facts_that_follow_name_the_approval_of_the_original(partners, submit, editor, moderator):
    english = factories.add_partner(partners, title="Stone")
    factories.home_of("sl")
    factories.translated(partners, "sl", "Partnerji", slug="partnerji")
    slovenian = factories.translated(english, "sl", "Kamen")
    approve(submit(english, editor, city="Maribor"), moderator)
    entry = entries(slovenian)[-1]
    assert (entry.act, entry.rule, entry.language) == ("live", "original", "sl")
    assert Signatory.objects.get(key=entry.signatory_key).user == moderator


# --- The chain -----------------------------------------------------------------------------------
def test_each_link_covers_the_one_before(profile, partners):
    factories.add_partner(partners)
    link_entries()
    links = list(LedgerLink.objects.order_by("number"))
    assert [link.number for link in links] == list(range(1, LedgerEntry.objects.count() + 1))
    before = [link.hash for link in links[:-1]]
    assert [link.hash_before for link in links[1:]] == before
    assert LedgerHead.objects.get().hash == links[-1].hash
    assert link_entries() == 0


def test_it_is_linked_when_the_publication_is_committed(
    profile, partners, django_capture_on_commit_callbacks
):
    link_entries()
    with django_capture_on_commit_callbacks(execute=True):
        page = factories.add_partner(partners)
    assert all(entry.link.number for entry in entries(page))


def test_a_whole_ledger_is_right(profile):
    told, wrong = verify()
    assert wrong == []
    assert told == f"{LedgerEntry.objects.count()} rows, each as it was written."


def test_no_row_is_changed_or_deleted_by_the_models(profile):
    link_entries()
    for row in (LedgerEntry.objects.latest("pk"), LedgerLink.objects.latest("pk")):
        for attempt in (
            row.save,
            row.delete,
            type(row).objects.all().delete,
            lambda row=row: type(row).objects.update(pk=0),
        ):
            with pytest.raises(WrittenOnce):
                attempt()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET {} = {} + 9000", "DELETE FROM {} WHERE {} = {}"]
)
def test_nor_by_the_database(profile, table, statement):
    link_entries()
    column = "id" if table.endswith("entry") else "number"
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        execute(statement.format(table, column, column))


def test_the_triggers_know_every_column():
    for model in (LedgerEntry, LedgerLink):
        columns = tuple(field.column for field in model._meta.concrete_fields)
        assert TABLES[model._meta.db_table] == columns


@pytest.fixture
def without_triggers(db):
    """What an administrator of the database could do."""
    from ecca_site.moderation.ledger.triggers import removals, statements

    def run(lines):
        with connection.cursor() as cursor:
            for line in lines:
                cursor.execute(line)

    run(removals(connection.vendor))
    yield
    run(statements(connection.vendor))


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_changed_row_is_found(profile, without_triggers):
    link_entries()
    link = LedgerLink.objects.latest("number")
    execute(f"UPDATE moderation_ledgerentry SET rule = 'review' WHERE id = {link.entry_id}")
    told, wrong = verify()
    assert wrong == [f"Row {link.number} was changed after it was written."]
    assert told == "The publication ledger is not right: 1 problems."


def test_a_row_that_is_missing_is_found(profile, partners, without_triggers):
    factories.add_partner(partners).unpublish()
    link_entries()
    number = LedgerLink.objects.latest("number").number - 1
    execute(f"DELETE FROM moderation_ledgerlink WHERE number = {number}")
    _told, wrong = verify()
    assert f"Row {number} is missing: row {number + 1} comes next." in wrong
    assert f"Row {number + 1} does not follow the row before it." in wrong


def test_an_end_that_was_cut_off_is_found(profile, without_triggers):
    link_entries()
    number = LedgerLink.objects.latest("number").number
    entry = LedgerLink.objects.latest("number").entry_id
    execute(f"DELETE FROM moderation_ledgerlink WHERE number = {number}")
    execute(f"DELETE FROM moderation_ledgerentry WHERE id = {entry}")
    _told, wrong = verify()
    assert f"The chain ends with row {number - 1}, and ended with row {number} before." in wrong


# --- Everything live is in it --------------------------------------------------------------------
def test_what_is_live_by_no_publication_is_found(profile, partners):
    quiet = partners.add_child(
        instance=PartnerPage(title="Quiet", legal_name="Quiet Ltd", country="SI", slug="quiet")
    )
    _told, wrong = verify()
    assert wrong == [
        f"partners.partnerpage {quiet.pk} is live, and the ledger does not tell of it."
    ]


def test_what_is_live_in_another_version_is_found(profile):
    other = profile.save_revision()
    published = PartnerPage.objects.get(pk=profile.pk).live_revision_id
    Page.objects.filter(pk=profile.pk).update(live_revision=other)
    _told, wrong = verify()
    words = "partners.partnerpage {} is live as version {}, and by the ledger as version {}."
    assert wrong == [words.format(profile.pk, other.pk, published)]


def test_what_went_offline_by_no_way_of_the_cms_is_found(profile):
    Page.objects.filter(pk=profile.pk).update(live=False)
    _told, wrong = verify()
    assert wrong == [f"partners.partnerpage {profile.pk} is not live, and the ledger says it is."]


# --- People --------------------------------------------------------------------------------------
def test_who_is_erased_stays_a_key(profile, submit, editor, moderator, client):
    state = submit(profile, editor)
    approve(state, moderator)
    key = entries(profile)[-1].signatory_key
    moderator.delete()
    assert Signatory.objects.get(key=key).name == "moderator", "an account that is gone is named"
    told = StringIO()
    call_command("personal_data", "export", "moderator@example.org", stdout=told)
    assert '"name": "moderator"' in told.getvalue()
    call_command("personal_data", "erase", "moderator@example.org", stdout=StringIO())
    signatory = Signatory.objects.get(key=key)
    assert (signatory.name, signatory.address) == ("", "")
    assert verify()[1] == []


# --- The history of a page -----------------------------------------------------------------------
def test_the_history_of_a_page_says_who_approved_it(
    profile, submit, editor, moderator, admin_client
):
    address = f"/cms/pages/{profile.pk}/history/"
    state = submit(profile, editor)
    approve(state, moderator)
    text = " ".join(admin_client.get(address).content.decode().split())
    state.refresh_from_db()
    assert "Went live by a review" in text
    assert "approved by moderator on" in text
    assert "Went live by a command" in text


def test_the_history_costs_the_same_for_many_publications(profile, admin_client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            admin_client.get(f"/cms/pages/{profile.pk}/history/results/")
            admin_client.get(f"/cms/pages/{profile.pk}/history/")
        return len([each for each in captured if "moderation_ledger" in each["sql"]])

    assert queries() == 1
    for _number in range(3):
        profile.save_revision().publish()
    assert queries() == 1
