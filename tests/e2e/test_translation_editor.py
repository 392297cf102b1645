"""The translation editor in a browser.

What may not stand in a text is said beside it, and the hints follow.
"""

import pytest
from playwright.sync_api import expect

SOURCE = "Tests of recycled aggregate, and advice on the marking of reclaimed products."


@pytest.fixture
def open_editor(demo, sign_in):
    """Return a function that opens the Slovenian translation of a page, found by its title."""

    def open_it(title):
        page = sign_in("translator")
        page.goto(f"/cms/translations/?language=sl&q={title}")
        page.locator("table.coverage tbody td.coverage-mine a").first.click()
        expect(page.locator(".js-translation-editor li.complete").first).to_be_visible()
        return page

    return open_it


@pytest.fixture
def editor(open_editor):
    return open_editor("Materials institute")


def write(editor, text):
    """Edit the translation of SOURCE as a translator does; return its row."""
    row = editor.locator(".js-translation-editor li").filter(
        has=editor.locator(f"> p:text-is('{SOURCE}')")
    )
    row.get_by_role("button").first.click()
    row.locator("textarea").fill(text)
    row.get_by_role("button").last.click()
    return row


def test_pictures_are_shown_to_who_may_not_ask_the_api(open_editor):
    editor = open_editor("Building with what we have")
    picture = editor.locator(".js-translation-editor .preview-image img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 0


def test_a_refusal_stands_beside_its_text_and_what_was_typed_stays(editor):
    row = write(editor, "Preskusi <h2>recikliranega</h2> agregata")
    expect(row).to_contain_text("<h2>")
    expect(row.locator("p").nth(1)).to_have_text("Preskusi <h2>recikliranega</h2> agregata")
    expect(row.locator(".icon--red")).to_have_count(1)
    editor.reload()
    expect(editor.locator(".js-translation-editor")).to_contain_text(
        "Preskuse recikliranega agregata"
    )


def test_what_was_typed_stays_without_a_connection_and_after_the_session(editor):
    editor.context.set_offline(True)
    row = write(editor, "Ostane brez povezave")
    expect(row).to_contain_text("Ni povezave")
    expect(row.locator("p").nth(1)).to_have_text("Ostane brez povezave")
    editor.context.set_offline(False)
    editor.context.clear_cookies(name="ecca_session")
    row = write(editor, "Ostane brez seje")
    expect(row).to_contain_text("Vaša seja je potekla")
    expect(row.locator("p").nth(1)).to_have_text("Ostane brez seje")


def test_what_is_not_saved_is_said_before_the_translation_is_submitted(editor):
    address = editor.url
    row = write(editor, "Preskusi <h2>recikliranega</h2> agregata")
    expect(row.locator(".icon--red")).to_have_count(1)
    editor.get_by_role("button", name="Oddaj v pregled").click()
    expect(editor.locator(".messages")).to_contain_text("Nekatera besedila še niso shranjena")
    row.get_by_role("button").first.click()
    row.locator("textarea").fill("Preskusi recikliranega agregata.")
    editor.get_by_role("button", name="Oddaj v pregled").click()
    expect(row.locator("textarea")).to_have_value("Preskusi recikliranega agregata.")
    questions = []
    editor.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.dismiss()))
    editor.get_by_role("link", name="Prevodi").first.click()
    expect(row.locator("textarea")).to_have_value("Preskusi recikliranega agregata.")
    assert (editor.url, questions) == (address, ["beforeunload"])


RIGHT = "Preskuse recikliranega agregata in svetovanje o označevanju rabljenih izdelkov."
WITHOUT_END = RIGHT.removesuffix(".")


def test_a_question_comes_with_a_text_and_goes_with_it(editor):
    alarms = editor.locator("#translation-alarms")
    term = "reciklirani agregat"
    expect(alarms).not_to_contain_text(term)
    write(editor, "Preskusi drobljenega kamna in svetovanje.")
    expect(alarms).to_contain_text(term)
    write(editor, RIGHT)
    expect(alarms).not_to_contain_text(term)


def question(editor, text=WITHOUT_END):
    """Return the question about the end of a text; each test writes another one."""
    return editor.locator("#translation-alarms article").filter(
        has=editor.locator(f"dd:text-is('{text}')")
    )


def test_a_reason_is_kept_without_loading_the_page_and_others_stay_as_typed(editor):
    row = write(editor, WITHOUT_END)
    reason = question(editor).locator("input[name=reason]")
    reason.fill("Na plakatu")
    editor.evaluate("window.isSamePage = true")
    row.get_by_role("button").first.click()
    row.locator("textarea").fill("Pišem naprej")
    reason.press("Enter")
    expect(question(editor).locator("blockquote")).to_have_text("Na plakatu")
    expect(row.locator("textarea")).to_have_value("Pišem naprej")
    assert editor.evaluate("window.isSamePage") is True


def test_a_reason_stays_without_a_connection(editor):
    text = f"{WITHOUT_END} zdaj"
    write(editor, text)
    reason = question(editor, text).locator("input[name=reason]")
    reason.fill("Na plakatu")
    editor.context.set_offline(True)
    reason.press("Enter")
    expect(question(editor, text).get_by_role("alert")).to_be_visible()
    expect(reason).to_have_value("Na plakatu")
    editor.context.set_offline(False)
    reason.press("Enter")
    expect(question(editor, text).locator("blockquote")).to_have_text("Na plakatu")


def test_a_mend_waits_for_what_is_not_saved_and_then_mends_the_text(editor):
    text = f"{WITHOUT_END} danes"
    write(editor, text)
    reason = question(editor, text).locator("input[name=reason]")
    reason.fill("Na plakatu")
    mend = question(editor, text).locator("[data-alarm=mend] button")
    mend.click()
    expect(editor.locator(".messages")).to_contain_text("Nekatera besedila še niso shranjena")
    expect(reason).to_have_value("Na plakatu")
    reason.fill("")
    mend.click()
    expect(editor.locator(".messages .success")).to_be_visible()
    expect(editor.locator(".js-translation-editor")).to_contain_text(f"{text}.")
    expect(question(editor, text)).to_have_count(0)


# --- Texts that are open --------------------------------------------------------------------------
@pytest.fixture
def open_texts(demo, sign_in):
    """The editor of a Hungarian draft with 25 open texts."""
    page = sign_in("admin")
    page.goto("/cms/pages/search/?q=About+ECCA")
    page.locator("a[title='Edit this page']", has_text="Az ECCA-ról").click()
    expect(page.locator(".translation-text").nth(5)).to_be_visible()
    return page


def state_of(page, number):
    return page.locator(".translation-state").nth(number)


def test_texts_are_saved_as_they_are_typed_and_no_other_one_is_emptied(open_texts):
    texts = open_texts.locator(".translation-text textarea")
    texts.nth(2).fill("Harmadik")
    texts.nth(0).fill("Mi az ECCA, és hogyan működik?")
    texts.nth(0).press("Control+Enter")
    expect(texts.nth(1)).to_be_focused()
    open_texts.keyboard.type("Kerekasztal felülről")
    for number in range(3):
        expect(state_of(open_texts, number)).to_have_text("Saved")
    expect(open_texts.locator("#text-counts")).to_contain_text("4 of 26 texts")
    assert texts.nth(2).input_value() == "Harmadik"


def test_what_no_server_took_comes_back_in_this_browser(open_texts):
    page = open_texts
    texts = page.locator(".translation-text textarea")
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/texts/**", lambda route: route.abort())
    texts.nth(4).fill("Kapcsolat nélkül")
    texts.nth(5).focus()
    expect(state_of(page, 4)).to_contain_text("No connection")
    page.unroute_all()
    page.reload()
    number = next(
        index for index, text in enumerate(texts.all()) if text.input_value() == "Kapcsolat nélkül"
    )
    expect(state_of(page, number)).to_have_text("What you typed here before was not saved yet.")
    texts.nth(number).press("Control+Enter")
    expect(state_of(page, number)).to_have_text("Saved")


def test_two_tabs_show_each_other_what_they_saved(open_texts):
    other = open_texts.context.new_page()
    other.goto(open_texts.url)
    for page, text in ((open_texts, "Az egyik"), (other, "A másik")):
        page.locator(".translation-text textarea").nth(7).fill(text)
        page.locator(".translation-text button").nth(7).click()
        expect(state_of(page, 7)).to_contain_text("Az egyik" if page is other else "Saved")
    other.locator(".translation-text button").nth(7).click()
    expect(state_of(other, 7)).to_have_text("Saved")
