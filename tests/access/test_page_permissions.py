"""What permissions allow on a page, and what the explorer lists of a section."""

import pytest
from wagtail.models import Page

from ecca_site.access import roles
from tests import factories


@pytest.mark.parametrize(("role", "may_copy"), [(roles.EDITOR, True), (roles.TRANSLATOR, False)])
def test_whoever_may_only_change_pages_copies_none(news, person, role, may_copy):
    user = person("ana", role.group_name("en") if role.is_per_language else role.name)
    assert news.permissions_for_user(user).can_edit()
    assert news.permissions_for_user(user).can_copy() == may_copy


def test_nobody_copies_the_root_of_all_pages(news, admin_user):
    assert not Page.objects.get(depth=1).specific.permissions_for_user(admin_user).can_copy()


@pytest.mark.parametrize("query", ["?q=bricks", "?content_type=", "?owner="])
def test_a_search_or_a_filter_lists_what_lies_deeper(news, person, client, query):
    editor = person("ana", roles.EDITOR.name)
    item = factories.add_news(news, title="Old bricks", slug="bricks", owner=editor)
    values = {"?content_type=": item.content_type_id, "?owner=": editor.pk}
    client.force_login(editor)
    section = news.get_parent()
    response = client.get(f"/cms/pages/{section.pk}/{query}{values.get(query, '')}")
    assert [page.pk for page in response.context["object_list"]] == [item.pk]
    assert response.context["paginator"].count == 1
    response = client.get(f"/cms/pages/{section.pk}/")
    assert item.pk not in [page.pk for page in response.context["object_list"]]
    assert response.context["paginator"].count == section.numchild == 2
