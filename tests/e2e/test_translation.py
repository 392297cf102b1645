"""From an English news item to its Slovenian readers, again after the original has changed, until
it is withdrawn.
"""

import re

from playwright.sync_api import expect

ENGLISH_TITLE = "A workshop on reading old buildings"
TITLE = "Delavnica o branju starih stavb"
ADDRESS = "/sl/novice/delavnica-o-branju-starih-stavb/"
NEW_SUMMARY = "How to find out what a building is made of, and what of it can be used again."
NEW_SLOVENIAN = "Kako ugotoviti, iz česa je stavba in kaj od tega se da uporabiti znova."


def approve(reviewer, title):
    reviewer.goto("/cms/moderation/")
    reviewer.get_by_role("link", name=title).first.click()
    reviewer.locator("button[value=approve]").click()
    expect(reviewer.locator(".messages")).to_contain_text(title)


def open_page(user, title):
    user.goto(f"/cms/pages/search/?q={title}")
    user.get_by_role("link", name=title, exact=True).first.click()


def submit_translation(translator):
    """Submit it; where something is asked about "(po slovensko)" it is seen and left open."""
    translator.locator(".translation-footer button").click()
    seen = translator.locator("form:has(input[name=seen]) button")
    waits = translator.locator(".translation-work", has_text="čaka na odločitev")
    expect(seen.or_(waits)).to_be_visible()
    if seen.count():
        seen.click()
    expect(waits).to_be_visible()


def on_the_board(user, state):
    """Return the titles of the rows that the board shows of this news item where Slovenian is in
    this state.
    """
    user.goto(f"/cms/translations/?language=sl&state={state}&q={ENGLISH_TITLE.replace(' ', '+')}")
    return [
        title.strip()
        for title in user.locator(
            "table.coverage tbody th.coverage-page > :first-child"
        ).all_inner_texts()
    ]


def test_from_the_original_to_the_readers_of_another_language(demo, page, sign_in):
    editor, translator = sign_in("editor"), sign_in("translator")
    english_reviewer, reviewer = sign_in("reviewer-en"), sign_in("reviewer")

    approve(english_reviewer, ENGLISH_TITLE)
    open_page(editor, ENGLISH_TITLE)
    english = editor.url
    editor.get_by_role("button", name="Actions", exact=True).first.click()
    editor.get_by_role("navigation", name="Actions", exact=True).get_by_role(
        "link", name="Translations"
    ).click()
    editor.get_by_label("Slovenščina").check()
    editor.get_by_role("button", name="Ask for translation").click()
    slovenian = editor.url
    assert page.request.get(ADDRESS).status == 404

    translator.goto(slovenian)
    translator.locator(".translation-footer button").click()
    expect(translator.locator(".messages")).to_contain_text("še ni prevedenih")
    for text in translator.locator(".translation-text").all():
        source = text.locator("dd").last.inner_text()
        text.locator("textarea").fill(
            TITLE if source == ENGLISH_TITLE else f"{source} (po slovensko)"
        )
        text.get_by_role("button").click()
        expect(text.locator(".translation-state")).to_have_text("Shranjeno")
    with translator.expect_popup() as preview:
        translator.locator(".translation-footer a[target=_blank]").click()
    expect(preview.value.locator("h1")).to_have_text(TITLE)
    submit_translation(translator)
    assert page.request.get(ADDRESS).status == 404

    approve(reviewer, TITLE)
    page.goto(ADDRESS)
    expect(page.locator("h1")).to_have_text(TITLE)
    before = page.content()

    editor.goto(english)
    editor.locator("#id_summary").fill(NEW_SUMMARY)
    editor.get_by_label("Note to the translators").fill("It is about using things again.")
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Submit for review").click()
    expect(editor.locator(".messages")).to_contain_text("submitted for moderation")
    approve(english_reviewer, ENGLISH_TITLE)

    page.goto(ADDRESS)
    expect(page.locator(".language-notice")).to_contain_text("Izvirnik se je od takrat spremenil")
    expect(page.locator(".language-notice").get_by_role("link", name=ENGLISH_TITLE)).to_be_visible()
    assert on_the_board(translator, "stale") == [ENGLISH_TITLE]

    translator.goto(slovenian)
    expect(translator.locator(".translation-work")).to_contain_text(
        "It is about using things again."
    )
    text = translator.locator(".translation-text")
    expect(text).to_have_count(1)
    expect(text.locator("ins")).not_to_have_count(0)
    expect(text.locator("textarea")).to_have_value(re.compile("po slovensko"))
    text.locator("textarea").fill(NEW_SLOVENIAN)
    text.get_by_role("button").click()
    expect(text.locator(".translation-state")).to_have_text("Shranjeno")
    submit_translation(translator)
    page.goto(ADDRESS)
    expect(page.locator("h1")).to_have_text(TITLE)
    assert NEW_SLOVENIAN not in page.content()
    assert "po slovensko" in before

    approve(reviewer, TITLE)
    page.goto(ADDRESS)
    expect(page.get_by_text(NEW_SLOVENIAN).first).to_be_visible()
    expect(page.locator(".language-notice")).to_have_count(0)
    assert on_the_board(translator, "stale") == []
    assert on_the_board(translator, "live") == [ENGLISH_TITLE]

    editor.goto(english)
    editor.get_by_role("button", name="More actions").click()
    editor.locator("footer a[href*=request]").click()
    editor.locator("[name=kind][value=unpublish]").check()
    expect(editor.locator("[name=with_translations]")).to_be_checked()
    expect(editor.get_by_text("It has 1 translation:")).to_be_visible()
    editor.locator("[name=reason]").fill("The workshop is called off.")
    editor.locator("main form .button[type=submit]").click()
    page.goto(ADDRESS)
    expect(page.locator("h1")).to_have_text(TITLE)
    approve(english_reviewer, ENGLISH_TITLE)
    # It is for the reviewer of its language to decide.
    assert page.request.get(ADDRESS).status == 200
    approve(reviewer, TITLE)
    assert page.request.get(ADDRESS).status == 404
    assert on_the_board(translator, "live") == []
