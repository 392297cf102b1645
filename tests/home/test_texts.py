"""A real site starts with the client's own text, as drafts that somebody completes and submits."""

from django.core.management import call_command
from wagtail.models import Page, Revision

from home.models import HomePage
from home.page_files import CONTENT


def load(capsys):
    call_command("load_texts")
    return capsys.readouterr().out


def drafts():
    return {page.slug: page for page in Page.objects.filter(depth__gt=2)}


def test_each_file_is_a_draft_and_nothing_goes_live(site, capsys):
    before = set(Page.objects.live().values_list("pk", flat=True))
    load(capsys)
    made = drafts()
    names = {path.stem.rpartition(".")[2] for path in CONTENT.glob("*.toml")} - {"home"}
    assert set(made) == names
    assert set(Page.objects.live().values_list("pk", flat=True)) == before
    assembly = made["general-assembly"].get_latest_revision_as_object()
    assert assembly.related_conference_id == made["circular-economy-global-challenge"].pk
    assert "met in Ljubljana on 11 January 2017" in str(assembly.body)


def test_a_home_page_that_nobody_has_written_on_gets_its_text(db, capsys):
    home = HomePage.objects.get(locale__language_code="en")
    Revision.objects.filter(object_id=str(home.pk)).delete()
    HomePage.objects.filter(pk=home.pk).update(latest_revision=None)
    load(capsys)
    draft = HomePage.objects.get(pk=home.pk).get_latest_revision_as_object()
    assert draft.join_page_id == drafts()["join"].pk
    assert "co-funded by the COSME programme" in draft.funding_statement
    assert draft.hero_image is None


def test_what_is_there_stays(site, capsys):
    load(capsys)
    about = drafts()["about"]
    about.title = "About us"
    about.specific.save_revision()
    revisions = Revision.objects.count()
    assert "0 drafts made." in load(capsys)
    assert Revision.objects.count() == revisions
