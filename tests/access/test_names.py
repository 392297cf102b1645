"""Groups are found by rows: their names are people's, and so is deleting them."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
)

from ecca_site.access import gate, roles
from ecca_site.access.groups import group_of
from ecca_site.access.models import ReviewWorkflow, RoleGroup
from ecca_site.access.site_setup import setup_site
from ecca_site.access.wagtail_hooks import lead_back_after_submission
from ecca_site.delivery.memory import remembering
from ecca_site.guide.guides import guides_for
from ecca_site.moderation.models import reviewed_locale_ids, translated_locale_ids
from partners.models import PartnerPage, PartnerTeam
from tests import factories

from .saying import TREASURER, model_permissions, page_permissions, say


def test_the_group_of_a_long_name_has_as_much_of_it_as_a_group_may_have():
    longest = Group._meta.get_field("name").max_length
    name = roles.PARTNER_ORGANISATION.group_name("Stone" * longest)
    assert len(name) == longest
    assert name.startswith("Partner organisation: StoneStone")


def test_a_group_that_was_renamed_keeps_name_people_and_rights(news, settings):
    for role, language in ((roles.EDITOR, None), (roles.TRANSLATOR, "sl")):
        Group.objects.filter(pk=group_of(role, language).pk).update(name=f"Our {role.key}")
    before = Group.objects.count()
    held = page_permissions("Our editor")
    assert setup_site() == []
    assert Group.objects.count() == before
    assert group_of(roles.EDITOR).name == "Our editor"
    assert group_of(roles.TRANSLATOR, "sl").name == "Our translator"
    assert page_permissions("Our editor") == held


def test_a_group_that_people_named_like_a_role_is_not_taken_for_it(news, monkeypatch):
    own = Group.objects.create(name="Treasurers")
    say(monkeypatch, *roles.ROLES, TREASURER)
    assert page_permissions("Treasurers") == []
    made = RoleGroup.objects.get(role="treasurer").group
    assert (made.name, made == own) == ("Treasurers 2", False)
    assert page_permissions("Treasurers 2") == [("news", "change_page")]


def test_a_group_that_an_administrator_deleted_is_made_anew(news, admin_client):
    group = group_of(roles.REVIEWER, "sl")
    address = f"/cms/groups/delete/{group.pk}/"
    assert admin_client.post(address).status_code == 302
    assert not Group.objects.filter(pk=group.pk).exists()
    assert group_of(roles.TRANSLATOR, "sl").name == "Translators (sl)"
    changes = setup_site()
    assert changes[0] == "Group made: Language reviewers (sl)"
    assert "access_admin" in model_permissions("Language reviewers (sl)")


def test_a_moderators_group_that_was_deleted_decides_again(news, admin_client):
    group_of(roles.PARTNER_MODERATOR).delete()
    setup_site()
    task = ReviewWorkflow.objects.get(review="partner").task
    assert list(task.groups.all()) == [group_of(roles.PARTNER_MODERATOR)]


def test_the_groups_of_a_language_that_was_deleted_stand_for_nothing(site, settings):
    before = settings.LANGUAGES
    settings.LANGUAGES = [*before, ("sk", "Slovenčina")]
    setup_site()
    settings.LANGUAGES = before
    user = get_user_model().objects.create_user("jana", "j@example.org", "x")
    user.groups.add(group_of(roles.TRANSLATOR, "sk"))
    Locale.objects.get(language_code="sk").delete()
    group = user.groups.get()
    assert list(group.permissions.all()) == []
    assert not hasattr(group, "role_group")
    assert not Group.objects.filter(name="Language reviewers (sk)").exists()


# --- What the CMS opens --------------------------------------------------------------------------
EVERYBODYS = ["/cms/", "/cms/account/", "/cms/guide/"]


def statuses(client, *addresses):
    return [client.get(address).status_code for address in addresses]


@pytest.fixture
def stone(news):
    """The team of an organisation, with its profile."""
    index = news.get_parent().get_children().get(slug="partners").specific
    profile = factories.add_partner(index, title="Stone")
    return PartnerTeam.objects.get(translation_key=profile.translation_key)


@pytest.mark.parametrize("name", ["Renamed", "Administrators 2", "Translators (sl) ", "x"])
def test_the_group_of_a_partner_opens_the_same_whatever_it_is_called(stone, client, name):
    user = get_user_model().objects.create_user("ana", "a@example.org", "x")
    user.groups.add(stone.group)
    Group.objects.filter(pk=stone.group.pk).update(name=name)
    assert gate.areas_of(user) == set(roles.PARTNER_ORGANISATION.areas)
    client.force_login(user)
    addresses = ["/cms/profile/", "/cms/pages/", "/cms/reports/locked/", "/cms/moderation/"]
    assert statuses(client, *EVERYBODYS, *addresses) == [200] * 4 + [302] * 3
    assert setup_site() == []
    assert user.groups.get().name == name


def test_whoever_has_no_tree_is_led_to_the_first_page_after_submitting(stone, person, rf):
    partner, editor = person("ana"), person("eva", roles.EDITOR.name)
    partner.groups.add(stone.group)
    page = PartnerPage.objects.get()

    def led_to(user, **form):
        request = rf.post("/cms/", form)
        request.user = user
        response = lead_back_after_submission(request, page)
        return response.url if response else None

    assert led_to(partner, **{"action-submit": "1"}) == "/cms/"
    assert led_to(partner) is None
    assert led_to(editor, **{"action-submit": "1"}) is None


def everything_group():
    """A group of people's that holds every permission there is, and the name of a role besides."""
    group = Group.objects.create(name="Partner organisation: Mine")
    group.permissions.set(Permission.objects.all())
    root = Page.objects.get(depth=1)
    for action in ("add", "change", "publish", "bulk_delete", "lock", "unlock"):
        GroupPagePermission.objects.create(group=group, page=root, permission_type=action)
    for model in ("image", "document"):
        for action in ("add", "change", "delete", "choose"):
            GroupCollectionPermission.objects.create(
                group=group,
                collection=Collection.get_first_root_node(),
                permission=Permission.objects.get(codename=f"{action}_{model}"),
            )
    return group


def test_a_group_that_no_role_knows_opens_nothing_but_what_is_everybodys(stone, client):
    user = get_user_model().objects.create_user("ana", "a@example.org", "x")
    user.groups.add(everything_group())
    assert gate.areas_of(user) == set()
    client.force_login(user)
    assert statuses(client, *EVERYBODYS) == [200] * 3
    page = PartnerPage.objects.get()
    addresses = ["/cms/pages/", f"/cms/pages/{page.pk}/edit/", "/cms/images/", "/cms/users/"]
    addresses += ["/cms/groups/", "/cms/workflows/list/", "/cms/moderation/", "/cms/translations/"]
    assert statuses(client, *addresses) == [302] * len(addresses)
    assert client.get("/cms/guide/").context["guides"] == []
    answer = client.get("/cms/api/main/pages/", headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 403
    home = client.get("/cms/").content.decode()
    assert ("Stone" in home, "w-panel--dashboard" in home) == (False, False)


def test_whose_role_is_retired_finds_the_cms_closed_even_with_the_permission(news, client):
    user = get_user_model().objects.create_user("ana", "a@example.org", "x")
    user.groups.add(everything_group())
    role_group = RoleGroup.objects.get(role=roles.EDITOR.key)
    user.groups.add(role_group.group)
    RoleGroup.objects.filter(pk=role_group.pk).update(is_retired=True)
    assert gate.areas_of(user) == set()


def test_two_groups_open_what_each_of_them_opens(news):
    user = get_user_model().objects.create_user("ana", "a@example.org", "x")
    user.groups.add(group_of(roles.REVIEWER, "sl"), group_of(roles.TRANSLATOR, "pl"))
    opened = {*roles.REVIEWER.areas, *roles.TRANSLATOR.areas}
    assert gate.areas_of(user) == opened


def test_whoever_may_not_sign_in_has_no_role(news):
    user = get_user_model().objects.create_user("ana", "a@example.org", "x", is_active=False)
    user.groups.add(group_of(roles.EDITOR))
    assert gate.areas_of(user) == set()


def test_the_roles_of_a_user_cost_one_query(news, django_assert_num_queries):
    user = get_user_model().objects.create_user("ana", "a@example.org", "x")
    user.groups.add(group_of(roles.REVIEWER, "sl"), group_of(roles.TRANSLATOR, "pl"))
    with django_assert_num_queries(1), remembering():
        gate.areas_of(user)
        gate.is_open("wagtailadmin_explore", user)
        guides_for(user)


def test_the_guide_is_that_of_the_role_of_a_renamed_group(news):
    user = get_user_model().objects.create_user("ana", "a@example.org", "x")
    group = group_of(roles.REVIEWER, "sl")
    Group.objects.filter(pk=group.pk).update(name="Communications editors (ours)")
    user.groups.add(group)
    assert [guide.role for guide in guides_for(user)] == [roles.REVIEWER]


def test_who_translates_and_reviews_a_language_is_asked_by_rows(news):
    reviewer = get_user_model().objects.create_user("rita", "r@example.org", "x")
    group = group_of(roles.REVIEWER, "sl")
    Group.objects.filter(pk=group.pk).update(name="Translators (pl), really")
    reviewer.groups.add(group)
    slovenian = Locale.objects.get(language_code="sl").pk
    assert reviewed_locale_ids(reviewer) == {slovenian}
    assert translated_locale_ids(reviewer) == set()
    RoleGroup.objects.filter(group=group).update(is_retired=True)
    assert reviewed_locale_ids(get_user_model().objects.get(pk=reviewer.pk)) == set()


@pytest.mark.parametrize(
    ("role", "language"), [(roles.EDITOR, None), (roles.REVIEWER, "sl"), (roles.TRANSLATOR, "sl")]
)
def test_no_two_groups_stand_for_one_role(news, role, language):
    locale = language and Locale.objects.get(language_code=language)
    group = Group.objects.create(name="Another")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGroup.objects.create(group=group, role=role.key, locale=locale or None)
