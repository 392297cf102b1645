"""What must always be true of the project as a whole."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db.models import NOT_PROVIDED
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import GroupPagePermission, Page, WorkflowPage, get_page_models

from ecca_site.access.site_setup import setup_site
from ecca_site.core.facts import Fate, names_with
from ecca_site.core.models import BasePage
from ecca_site.uploads.models import CustomImage
from tests.left_out import THOROUGH

FOLDERS = ["ecca_site", "home", "news", "partners", "conferences", "search"]
TEMPLATE_NAME = re.compile(r"""["']([\w-]+(?:/[\w-]+)+\.(?:html|txt|xml))["']""")
PAGE_TYPES = [model for model in get_page_models() if model is not Page]
STREAMS = [
    (model, field)
    for model in PAGE_TYPES
    for field in model._meta.get_fields()
    if isinstance(field, StreamField)
]
BLOCKS = [
    pytest.param(name, block, id=f"{model.__name__}.{field.name}.{name}")
    for model, field in STREAMS
    for name, block in field.stream_block.child_blocks.items()
]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_field_with_a_default_of_the_database_has_one_of_its_own():
    """Else a form shows, and saves, the name of an object instead of an empty text."""
    apps_of_ours = [
        config
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(settings.BASE_DIR)
    ]
    ours = [config for config in apps_of_ours if ".venv" not in Path(config.path).parts]
    fields = [
        field
        for config in ours
        for model in config.get_models()
        for field in model._meta.local_fields
    ]
    with_default = [field for field in fields if field.db_default is not NOT_PROVIDED]
    assert len(with_default) > 20
    assert [str(field) for field in with_default if field.default is NOT_PROVIDED] == []


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
    assert "css/site" in html
    body = html.partition("<body")[2]
    assert len(body) > 100, "the preview shows something"


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_alternative_texts_are_translated(model):
    alternative = {field.name for field in model._meta.fields if field.name.endswith("_alt")}
    assert alternative <= set(names_with(model, Fate.TRANSLATED))


def test_the_base_page_stays_small():
    import inspect

    assert len(inspect.getsource(BasePage).splitlines()) < 100


def test_settings_stay_readable():
    lines = (settings.BASE_DIR / "ecca_site/settings/base.py").read_text().splitlines()
    assert len(lines) <= 300


def test_the_files_that_make_check_alone_runs_are_there():
    assert [path for path in THOROUGH if not (settings.BASE_DIR / path).is_file()] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_module_outgrows_its_room(folder):
    long = [
        path
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > 300
    ]
    assert not long


def is_missing(name):
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return True
    return False


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_template_that_is_named_exists(folder):
    """Else the page that needs it fails, and only there: a panel of one role may be in no test."""
    files = [
        path
        for path in (settings.BASE_DIR / folder).rglob("*")
        if path.suffix in {".py", ".html"} and "migrations" not in path.parts
    ]
    names = {name for path in files for name in TEMPLATE_NAME.findall(path.read_text())}
    assert names
    assert {name for name in names if is_missing(name)} == set()
