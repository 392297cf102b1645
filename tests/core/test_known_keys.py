"""What programs write is not looked up again; what is wrong is refused all the same."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.log_actions import log
from wagtail.models import Page, WorkflowState

from ecca_site.access.site_setup import setup_site
from tests import factories


@pytest.fixture
def item(site):
    index = factories.add_news_index(site)
    setup_site()
    return factories.add_news(index, lead_image=factories.make_image())


def test_a_version_is_read_by_few_queries(item, django_assert_num_queries):
    version = item.latest_revision
    parent = version.content_object.get_parent()
    with django_assert_num_queries(3):  # its picture, its language, its comments
        shown = version.as_object()
    with django_assert_num_queries(0):
        assert shown.locale.language_code == "en"
        assert shown.get_parent() == parent


def test_a_version_has_the_keys_of_its_row(item):
    first = item.latest_revision
    item.title = "Another title"
    item.save_revision().publish()
    item.refresh_from_db()
    version = type(first).objects.get(pk=first.pk).as_object()
    assert version.title != item.title
    keys = ("live_revision_id", "latest_revision_id", "locale_id", "content_type_id", "owner_id")
    assert [getattr(version, key) for key in keys] == [getattr(item, key) for key in keys]


def test_a_version_whose_picture_is_gone_has_none(item):
    version = item.latest_revision
    assert version.as_object().lead_image_id == version.content["lead_image"] == item.lead_image_id
    version.content["lead_image"] = 987654
    assert version.as_object().lead_image_id is None


def test_a_log_entry_costs_one_query(item, admin_user, django_assert_num_queries):
    ContentType.objects.get_for_model(type(item))
    version = item.latest_revision
    with django_assert_num_queries(1):
        log(instance=item, action="wagtail.edit", user=admin_user, revision=version)


def test_an_unknown_action_is_refused(item, admin_user):
    with pytest.raises(ValidationError):
        log(instance=item, action="wagtail.unheard-of", user=admin_user)


def test_the_database_refuses_a_page_in_two_reviews(item, admin_user):
    workflow = item.get_workflow()
    workflow.start(item, admin_user)
    first = item.current_workflow_state
    second = WorkflowState(workflow=workflow, content_object=item.page_ptr)
    with pytest.raises(ValidationError):
        second.save()
    second.content_type_id = first.content_type_id
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkflowState.objects.bulk_create([second])


def test_a_new_page_in_the_place_of_another_is_refused(item):
    twin = type(item)(title="Twin", date=item.date, summary="It is the same.", topic=item.topic)
    twin.locale = item.locale
    twin.translation_key = item.translation_key
    parent = Page.objects.get(pk=item.get_parent().pk)
    with pytest.raises(ValidationError):
        parent.add_child(instance=twin)


def test_only_a_home_page_is_the_root_of_a_site(item, site, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not item.is_site_root()
    assert site.is_site_root()
