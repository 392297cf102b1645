"""What a change has to touch besides its own lines is told, not left to be remembered."""

from types import SimpleNamespace

import pytest
from wagtail.models import get_page_models

from conferences.models import ConferenceIndexPage, ConferencePage
from ecca_site.access import areas, roles
from ecca_site.core.blocks import BodyBlock
from ecca_site.core.facts import KEPT_OF_DRAFTS, KEPT_OF_LOCKS, KEPT_OF_PAGES, declarations_of
from ecca_site.core.models import BasePage
from ecca_site.demo.accounts import ACCOUNTS
from home.models import ContentPage, HomePage
from news.models import NewsIndexPage, NewsPage
from partners.api import PublicPagesAPIViewSet
from partners.exports import FIELDS
from partners.facets import QUESTIONS, facts_of
from partners.forms import DirectoryForm
from partners.models import PartnerIndexPage, PartnerPage
from tests.core.test_drafts import UNFINISHED
from tests.delivery.test_speed import everything

BLOCK_NAMES = set(BodyBlock().child_blocks)
OURS = [model for model in get_page_models() if issubclass(model, BasePage)]
# The day of a confirmation is kept by the confirmation, not typed.
KEPT = {*KEPT_OF_DRAFTS.names, *KEPT_OF_LOCKS.names, *KEPT_OF_PAGES.names, "confirmed_on"}
EXPORTS = {PartnerPage: FIELDS}
# What other programs get neither by the API nor by an export, and why: a whole type of pages, or
# a field of one.
NOT_HANDED_OUT = {
    HomePage: "it is this site's own front; its texts are written for it alone",
    ContentPage: "it is read where it stands; its address is in the API",
    NewsIndexPage: "a list, which the feed and the API's order make anew",
    NewsPage: "the feed hands it out, with what it says of itself",
    ConferenceIndexPage: "a list, which the calendar and the API's order make anew",
    ConferencePage: "the calendar hands it out, and registrations are the desk's export",
    PartnerIndexPage: "a list, which the profiles in the API make anew",
    (PartnerPage, "logo_alt"): "it describes the logo as our page shows it",
}
OF_FIELDS = [key for key in NOT_HANDED_OUT if isinstance(key, tuple)]


def test_every_block_is_tried_unfinished():
    assert set(UNFINISHED) >= BLOCK_NAMES


def test_every_block_is_on_the_page_whose_cost_is_counted():
    thing = SimpleNamespace(pk=1)
    assert {row["type"] for row in everything(thing, thing, thing)} == BLOCK_NAMES


@pytest.mark.parametrize("name", sorted(BLOCK_NAMES))
def test_every_block_has_a_label_of_its_own(name):
    block = BodyBlock().child_blocks[name]
    assert getattr(block.meta, "label", None)


def test_every_role_is_one_of_the_roles():
    defined = [value for value in vars(roles).values() if isinstance(value, roles.Role)]
    assert sorted(role.key for role in defined) == sorted(role.key for role in roles.ROLES)


def test_every_role_has_an_account_in_the_demo():
    with_account = {role.key for _name, _title, role, _language in ACCOUNTS if role}
    assert with_account == {role.key for role in roles.ROLES} - {roles.ADMINISTRATOR.key}


@pytest.mark.parametrize("role", roles.ROLES, ids=lambda role: role.key)
def test_a_role_opens_areas_that_there_are(role):
    assert set(role.areas) <= set(areas.AREAS)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_field_that_people_fill_in_stands_in_the_form(model):
    form = model.get_edit_handler().get_form_class()
    fields = [field for field in model._meta.fields if field.editable and not field.primary_key]
    missing = [field.name for field in fields if field.name not in {*form.base_fields, *KEPT}]
    assert missing == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_label_of_a_form_begins_with_a_capital(model):
    labels = [
        str(each.label) for each in model.get_edit_handler().get_form_class().base_fields.values()
    ]
    assert [label for label in labels if label[:1].islower()] == []


@pytest.mark.django_db
def test_every_question_to_the_directory_is_answered():
    assert set(QUESTIONS) == set(DirectoryForm.base_fields) - {"q"}
    assert set(QUESTIONS) <= set(facts_of(PartnerPage()).facets)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_the_reader_index_is_made_from_fields_that_there_are(model):
    assert set(model.reader_fields) <= {field.name for field in model._meta.get_fields()}


def handed_out(model):
    """Return the names of fields that the API or an export gives of a type of pages."""
    views = PublicPagesAPIViewSet
    own = [getattr(field, "name", field) for field in getattr(model, "api_fields", ())]
    return {*views.body_fields, *views.meta_fields, *own, *EXPORTS.get(model, ())}


def fields_that_people_fill_in(model):
    return {name for name, _fate in declarations_of(model)} - KEPT


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_field_is_handed_out_or_stays_here_for_a_reason(model):
    """``api_fields``, ``partners/exports.py``, or a line in the list above."""
    if model in NOT_HANDED_OUT:
        assert not hasattr(model, "api_fields"), "then it says so field by field"
        return
    staying = {name for owner, name in OF_FIELDS if owner is model}
    assert fields_that_people_fill_in(model) - handed_out(model) == staying


def test_what_stays_here_is_there():
    assert {key for key in NOT_HANDED_OUT if not isinstance(key, tuple)} < set(OURS)
    for model, name in OF_FIELDS:
        assert name in fields_that_people_fill_in(model)
