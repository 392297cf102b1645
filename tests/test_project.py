"""What must always be true of the project as a whole."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_setting_up_twice_changes_nothing(site):
    from django.contrib.auth.models import Group
    from wagtail.models import GroupPagePermission, WorkflowPage

    from home.site_setup import setup_site

    def state():
        return [
            sorted(model.objects.values_list(*fields))
            for model, fields in (
                (Group, ("name", "permissions")),
                (GroupPagePermission, ("group__name", "page", "permission")),
                (WorkflowPage, ("page", "workflow__name")),
            )
        ]

    before = state()
    setup_site()
    assert state() == before
