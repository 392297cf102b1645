"""Only what is published can be found, from the moment it is published until it no longer is."""

from io import StringIO

from django.core.management import call_command
from wagtail.models import Page

from search.models import Entry

WORD = "quarry"


def test_a_published_page_is_found_by_title_and_by_text(make_page, search):
    make_page("A city is a quarry", "Buildings are stores of material.")

    for query in ("quarry", "stores", "city material"):
        (result,) = search(query).context["page_obj"]
        assert (result.title, result.url, result.kind, result.date) == (
            "A city is a quarry",
            "/en/a-city-is-a-quarry/",
            "Content page",
            None,
        )


def test_all_words_are_needed(make_page, titles):
    make_page("One", "quarry")
    make_page("Two", "quarry timber")

    assert titles("timber quarry") == ["Two"]


def test_titles_come_before_texts(make_page, titles):
    make_page("Text", " ".join([WORD] * 50))
    make_page("The quarry " + "and something else " * 12, "A long text. " * 900)
    make_page("Another text", WORD)

    assert titles(WORD)[0].startswith("The quarry")
    assert len(titles(WORD)) == 3


def test_a_new_draft_is_not_found(make_page, titles):
    make_page(WORD, live=False)

    assert titles(WORD) == []


def test_the_draft_of_a_published_page_is_not_found_until_it_is_published(make_page, titles):
    page = make_page("Timber", "old words")
    page.title, page.introduction = "Stone", "new words"
    revision = page.save_revision()

    assert titles("old") == ["Timber"]
    assert titles("new") == titles("stone") == []

    revision.publish()
    assert titles("new") == ["Stone"]
    assert titles("old") == titles("timber") == []


def test_saving_a_field_while_a_draft_is_open_indexes_what_is_published(make_page, titles):
    page = make_page("Timber")
    page.title = "Stone"
    page.show_in_menus = True
    page.save(update_fields=["show_in_menus"])

    assert titles("timber") == ["Timber"]
    assert titles("stone") == []


def test_an_unpublished_page_is_not_found(make_page, titles):
    make_page(WORD).unpublish()

    assert titles(WORD) == []
    assert not Entry.objects.filter(title_terms__contains=WORD).exists()


def test_a_page_unpublished_behind_the_index_is_not_found(make_page, titles):
    page = make_page(WORD)
    Page.objects.filter(pk=page.pk).update(live=False)

    assert titles(WORD) == []


def test_a_deleted_page_and_what_stood_below_it_are_not_found(make_page, titles):
    parent = make_page("Parent")
    make_page(WORD, parent=parent)
    parent.delete()

    assert titles(WORD) == titles("parent") == []


def test_a_moved_page_is_found_at_its_new_address(make_page, search):
    parent, page = make_page("Parent"), make_page(WORD)
    page.move(parent, pos="last-child")

    assert [result.url for result in search(WORD).context["page_obj"]] == ["/en/parent/quarry/"]


def test_an_alias_is_not_found_until_it_is_a_page(make_page, make_home, search):
    page = make_page(WORD)
    alias = page.create_alias(update_slug="alias")

    assert [result.url for result in search(WORD).context["page_obj"]] == ["/en/quarry/"]

    alias.alias_of = None
    alias.save(update_fields=["alias_of"])
    assert len(search(WORD).context["page_obj"]) == 2


def test_the_root_of_the_tree_is_not_found(make_home, titles):
    assert titles("root") == []


def test_rebuild_search_makes_the_same_index_anew(make_page, titles):
    make_page(WORD, "in a city")
    make_page("Draft", live=False)
    call_command("rebuild_search", stdout=StringIO())
    before = list(Entry.objects.order_by("pk").values())
    stale = make_page("Stale")
    Page.objects.filter(pk=stale.pk).update(live=False)
    Entry.objects.exclude(pk=stale.pk).delete()

    call_command("rebuild_search", stdout=StringIO())

    assert list(Entry.objects.order_by("pk").values()) == before
    assert titles("city") == [WORD]


def test_the_search_of_the_cms_still_finds_pages(make_page):
    make_page(WORD)

    assert [page.title for page in Page.objects.search(WORD)] == [WORD]
