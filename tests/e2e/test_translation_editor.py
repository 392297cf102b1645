"""The translation editor in a browser: what may not stand in a text is said beside it, and the hints follow."""

import pytest
from playwright.sync_api import expect

SOURCE = "Tests of recycled aggregate, and advice on the marking of reclaimed products."


@pytest.fixture
def editor(demo, sign_in):
    page = sign_in("translator")
    page.goto("/cms/translations/?language=sl&q=Materials+institute")
    page.locator("table.coverage tbody td.coverage-mine a").first.click()
    expect(page.locator(".js-translation-editor li.complete").first).to_be_visible()
    return page


def write(editor, text):
    """Edit the translation of SOURCE as a translator does; return its row."""
    row = editor.locator(".js-translation-editor li").filter(has=editor.locator(f"> p:text-is('{SOURCE}')"))
    row.get_by_role("button").first.click()
    row.locator("textarea").fill(text)
    row.get_by_role("button").last.click()
    return row


def test_pictures_are_shown_to_who_may_not_ask_the_api(editor):
    picture = editor.locator(".js-translation-editor .preview-image img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 0


def test_a_refusal_stands_beside_its_text_and_what_was_typed_stays(editor):
    row = write(editor, "Preskusi <h2>recikliranega</h2> agregata")
    expect(row).to_contain_text("<h2>")
    expect(row.locator("p").nth(1)).to_have_text("Preskusi <h2>recikliranega</h2> agregata")
    expect(row.locator(".icon--red")).to_have_count(1)
    editor.reload()
    expect(editor.locator(".js-translation-editor")).to_contain_text("Preskuse recikliranega agregata")


def test_a_hint_comes_with_a_text_and_goes_with_it(editor):
    hints = editor.locator("#translation-hints")
    term = "»reciklirani agregat«"
    expect(hints).not_to_contain_text(term)
    write(editor, "Preskusi drobljenega kamna in svetovanje")
    expect(hints).to_contain_text(term)
    write(editor, "Preskuse recikliranega agregata in svetovanje o označevanju rabljenih izdelkov.")
    expect(hints).not_to_contain_text(term)
