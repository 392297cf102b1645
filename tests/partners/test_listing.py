"""The list of all applications: who reads it, what stands in it, and what no longer does."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ecca_site.access import roles
from partners.applications.erasure import erase_address
from partners.models import Application, PartnerIndexPage
from tests import factories

from .joining import apply, confirmed

pytestmark = pytest.mark.usefixtures("directory", "quick")
LIST = "/cms/applications/"


def names_in(response):
    return [str(application) for application in response.context["object_list"]]


def test_all_stand_there_newest_first_and_by_state(client, desk):
    confirmed(client, legal_name="Elder", mailbox="elder@example.org")
    apply(client, legal_name="Younger", mailbox="younger@example.org")
    assert names_in(desk.get(LIST)) == ["Younger", "Elder"]
    assert names_in(desk.get(LIST, {"state": "submitted"})) == ["Elder"]
    assert names_in(desk.get(LIST, {"state": "magic", "ordering": "magic", "p": "x"})) == [
        "Younger",
        "Elder",
    ]
    text = desk.get(LIST).content.decode()
    assert text.count("Austria") == 2
    assert "Not confirmed" in text


def test_it_leads_to_the_review_and_later_to_the_public_page(client, desk):
    application, _address = confirmed(client)
    review = reverse(
        "moderation_review", args=[application.profile.current_workflow_state.current_task_state_id]
    )
    assert f'href="{review}"' in desk.get(LIST).content.decode()
    desk.post(review, {"action": "approve"})
    application.profile.refresh_from_db()
    text = desk.get(LIST).content.decode()
    assert f'href="{application.profile.get_url()}"' in text
    assert f'href="{review}"' not in text


def test_what_has_no_draft_is_read_there(client, desk):
    PartnerIndexPage.objects.get().unpublish()
    application, _address = confirmed(client, members_sme="40")
    assert application.profile is None
    response = desk.get(reverse("applications:inspect", args=[application.pk]))
    values = {field["label"]: field["value"] for field in response.context["fields"]}
    assert values["Mailbox"] == "office@timber.example"
    assert values["Small and medium-sized enterprises"] == 40
    assert b"office@timber.example" in response.content


def test_nothing_personal_is_left_of_what_was_erased(client, desk):
    application, _address = confirmed(client)
    erase_address(application.mailbox)
    text = desk.get(LIST).content.decode()
    assert "Personal data erased" in text
    assert "Timber Cluster" not in text
    assert desk.get(reverse("applications:inspect", args=[application.pk])).status_code == 404


def test_each_role_reads_it_or_not(client, desk, django_user_model, admin_client, directory):
    application, _address = confirmed(client)
    factories.add_partner(directory)
    addresses = [LIST, f"{LIST}results/", reverse("applications:inspect", args=[application.pk])]
    for group in Group.objects.all():
        reader = django_user_model.objects.create_user(f"reader {group.pk}")
        reader.groups.add(group)
        browser = Client()
        browser.force_login(reader)
        is_reader = group.role_group.role == roles.PARTNER_MODERATOR.key
        expected = [200 if is_reader else 302] * 3
        assert [browser.get(address).status_code for address in addresses] == expected, group.name
        assert (LIST in browser.get("/cms/").content.decode()) is is_reader, group.name
    assert [admin_client.get(address).status_code for address in addresses] == [200] * 3
    assert client.get(LIST).status_code == 302


def test_it_is_written_nowhere_there(client, admin_client):
    application, _address = confirmed(client)
    for address in ("new/", f"edit/{application.pk}/", f"delete/{application.pk}/"):
        assert admin_client.get(LIST + address).status_code == 404
    assert admin_client.post(LIST).status_code == 405
    assert Application.objects.filter(pk=application.pk).exists()


def test_it_costs_the_same_for_one_and_for_three(client, desk):
    costs = []
    for names in (["a"], ["b", "c"]):
        for name in names:
            confirmed(client, legal_name=name, mailbox=f"{name}@example.org")
        desk.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert len(names_in(desk.get(LIST))) == Application.objects.count()
        costs.append(len(queries))
    assert costs[0] == costs[1]
