"""What must always be true of the project as a whole."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.template.loader import get_template
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import GroupPagePermission, Page, WorkflowPage, get_page_models

from ecca_site.core.models import BasePage, CustomImage
from home.site_setup import setup_site

PAGE_TYPES = [model for model in get_page_models() if model is not Page]
STREAMS = [
    (model, field) for model in PAGE_TYPES for field in model._meta.get_fields() if isinstance(field, StreamField)
]
BLOCKS = [
    pytest.param(name, block, id=f"{model.__name__}.{field.name}.{name}")
    for model, field in STREAMS
    for name, block in field.stream_block.child_blocks.items()
]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_setting_up_twice_changes_nothing(site):
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


def test_setting_up_takes_away_what_no_role_says_and_leaves_other_groups(site):
    from home import roles

    group = Group.objects.get(name=roles.EDITOR.name)
    GroupPagePermission.objects.create(group=group, page=site, permission_type="publish")
    own = Group.objects.create(name="A group people made")
    GroupPagePermission.objects.create(group=own, page=site, permission_type="publish")
    setup_site()
    assert not GroupPagePermission.objects.filter(group=group, permission__codename="publish_page").exists()
    assert GroupPagePermission.objects.filter(group=own).count() == 1


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_every_page_type_says_where_it_may_stand(model):
    assert "parent_page_types" in vars(model)
    assert "subpage_types" in vars(model)
    assert issubclass(model, BasePage)
    assert model.private_page_options == [], "the site has no private pages (see BasePage)"
    get_template(model.template)


@pytest.mark.parametrize(("name", "block"), BLOCKS)
def test_every_block_has_icon_description_template_and_preview(name, block):
    assert block.meta.icon != "placeholder"
    assert str(block.meta.description)
    assert block.meta.template
    assert "preview_value" in vars(block.meta) or block.meta.preview_value is not None
    assert not isinstance(block, StreamBlock)


@pytest.mark.parametrize(("name", "block"), BLOCKS)
def test_every_preview_works_on_an_empty_library(site, admin_client, name, block):
    assert not CustomImage.objects.exists()
    response = admin_client.get("/cms/block-preview/", {"id": block.definition_prefix})
    assert response.status_code == 200
    html = response.content.decode()
    assert "css/components" in html
    body = html.partition("<body")[2]
    assert len(body) > 100, "the preview shows something"


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_alternative_texts_are_translated(model):
    from wagtail_localize.fields import SynchronizedField

    synchronized = {
        field.field_name for field in model.override_translatable_fields if isinstance(field, SynchronizedField)
    }
    names = {field.name for field in model._meta.get_fields()}
    assert not {name for name in names if name.endswith("_alt")} & synchronized


def test_the_base_page_stays_small():
    import inspect

    assert len(inspect.getsource(BasePage).splitlines()) < 60


def test_settings_stay_readable():
    lines = (settings.BASE_DIR / "ecca_site/settings/base.py").read_text().splitlines()
    assert len(lines) < 250


@pytest.mark.parametrize("folder", ["ecca_site", "home", "news", "partners", "conferences", "search"])
def test_no_module_outgrows_its_room(folder):
    long = [
        path
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > 300
    ]
    assert not long
