"""What nobody does with a page while a version of it is under review."""

from ecca_site.access import roles
from ecca_site.moderation.models import withdraw
from partners.models import PartnerPage


def rights(page, user):
    """Return whether a user may delete and may publish a page as it is now."""
    tester = PartnerPage.objects.get(pk=page.pk).permissions_for_user(user)
    return tester.can_delete(), tester.can_publish()


def test_not_even_a_superuser_deletes_or_publishes_it(
    profile, submit, editor, moderator, admin_user
):
    assert rights(profile, admin_user) == (True, True)
    state = submit(profile, editor)
    assert rights(profile, admin_user) == (False, False)
    state.task.specific.on_action(state, moderator, "approve")
    assert rights(profile, admin_user) == (True, True)


def test_withdrawing_it_frees_it(profile, submit, editor, admin_user):
    withdraw(submit(profile, editor), editor)
    assert rights(profile, admin_user) == (True, True)


def test_sending_it_back_frees_it(profile, submit, editor, moderator, admin_user):
    state = submit(profile, editor)
    state.task.specific.on_action(state, moderator, "reject", comment="The city is wrong.")
    assert rights(profile, admin_user) == (True, True)


def test_the_addresses_of_the_cms_leave_it_as_it_is(profile, submit, editor, admin_client):
    state = submit(profile, editor)
    for address in (
        f"/cms/pages/{profile.pk}/delete/",
        f"/cms/bulk/wagtailcore/page/delete/?id={profile.pk}",
        f"/cms/bulk/wagtailcore/page/publish/?id={profile.pk}",
    ):
        admin_client.post(address)
    state.refresh_from_db()
    page = PartnerPage.objects.get(pk=profile.pk)
    assert (page.city, state.status) == ("Ljubljana", state.STATUS_IN_PROGRESS)


def test_a_page_that_is_not_live_is_not_deleted_by_its_editor(profile, submit, editor):
    """Whoever may add and change may delete what is not live, unless it waits for a decision."""
    profile.unpublish()
    assert rights(profile, editor) == (True, False)
    submit(profile, editor)
    assert rights(profile, editor) == (False, False)


# --- Locks ---------------------------------------------------------------------------------------
def locks(page, user):
    """Return whether a user may lock a page and may unlock it."""
    tester = PartnerPage.objects.get(pk=page.pk).permissions_for_user(user)
    return tester.can_lock(), tester.can_unlock()


def test_a_page_is_locked_by_who_may_and_unlocked_by_whoever_locked_it(
    profile, editor, admin_user, person
):
    administrator = person("administrator", roles.ADMINISTRATOR.name)
    PartnerPage.objects.filter(pk=profile.pk).update(locked=True, locked_by=editor)
    assert locks(profile, editor) == (False, True), "a lock of one's own, from another role"
    PartnerPage.objects.filter(pk=profile.pk).update(locked_by=admin_user)
    assert locks(profile, editor) == (False, False)
    assert locks(profile, administrator) == locks(profile, admin_user) == (True, True)


def test_whoever_has_left_has_no_rights_any_more(profile, editor, admin_user):
    for user in (editor, admin_user):
        user.is_active = False
        tester = profile.permissions_for_user(user)
        assert locks(profile, user) == (False, False)
        assert not tester.can_edit()
        assert not tester.can_submit_for_moderation()
