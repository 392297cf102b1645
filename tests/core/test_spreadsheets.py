"""No file that leaves the CMS holds a formula that somebody typed, whoever wrote its view."""

import csv
import io

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site

from conferences.models import Speaker
from ecca_site.core.spreadsheets import FORMULA, as_cell
from tests import factories
from tests.conferences.programmes import add_conference, session
from tests.moderation.test_addresses import addresses, path_of

TYPED = "=HYPERLINK(1)"
# Exports that Wagtail's mixin does not write.
OWN = {"partner_export_csv"}
NOT_SPREADSHEETS = {"partner_export_json"}


@pytest.fixture
def conference(site):
    """A site on which everything is called like a formula; returns a page of it."""
    editor = get_user_model().objects.create_superuser(
        "+editor", "e@example.org", "x", first_name="=1", last_name="@x"
    )
    news = factories.add_news(factories.add_news_index(site), title=TYPED)
    factories.add_partner(
        factories.add_partner_index(site), title=TYPED, legal_name="+1", city="@x"
    )
    meeting = add_conference(
        factories.add_conference_index(site), session("09:00", "10:00", "Bricks"),
        title=TYPED,
    )  # fmt: skip
    news.save_revision(user=editor, log_action=True)
    news.locked, news.locked_by, news.locked_at = True, editor, timezone.now()
    news.save()
    meeting.save_revision(user=editor)
    meeting.get_workflow().start(meeting, editor)
    Speaker.objects.create(locale=site.locale, name=TYPED)
    Redirect.objects.create(old_path="/=x", redirect_link=TYPED)
    Group.objects.create(name=TYPED)
    Collection.get_first_root_node().add_child(name=TYPED)
    Page.objects.filter(depth__gt=1).update(title=TYPED, draft_title=TYPED)
    Site.objects.update(site_name=TYPED)
    return meeting


def exports():
    """Return name and pattern of every address of the CMS that writes a spreadsheet."""
    found = {}
    for name, pattern in addresses():
        view = getattr(pattern.callback, "view_class", object)
        if issubclass(view, SpreadsheetExportMixin) or name in OWN:
            found[name] = pattern
    return found


def rows_of(response, kind):
    content = b"".join(response) if response.streaming else response.content
    if kind == "xlsx":
        return list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.filterwarnings("ignore")
def test_no_export_of_the_cms_holds_a_formula(conference, admin_client):
    typed = []
    wrong = []
    written = set()
    for name, pattern in exports().items():
        path = path_of(name, pattern, conference.pk)
        for kind in ("csv", "xlsx"):
            if name in OWN and kind == "xlsx":
                continue
            response = admin_client.get(path, {"export": kind})
            if "attachment" not in response.get("Content-Disposition", ""):
                continue  # a list without columns for a file, or an address of another thing
            written.add(name)
            for row in rows_of(response, kind):
                texts = [cell for cell in row if isinstance(cell, str)]
                typed += [text for text in texts if TYPED in text]
                wrong += [(name, kind, text) for text in texts if text.startswith(FORMULA)]
    assert wrong == []
    assert len(typed) > 20
    assert {"wagtailadmin_reports:locked_pages", "moderation_queue", *OWN} <= written
    assert len(written) > 8


def test_every_address_that_is_called_an_export_is_known():
    named = {name for name, _pattern in addresses() if "export" in name or "csv" in name}
    assert named - exports().keys() == NOT_SPREADSHEETS


@pytest.mark.parametrize("beginning", FORMULA)
def test_a_cell_that_begins_like_a_formula_is_a_text(beginning):
    assert not as_cell(f"{beginning}1").startswith(FORMULA)
    assert as_cell(-1.5) == -1.5
    assert as_cell("Bricks") == "Bricks"
