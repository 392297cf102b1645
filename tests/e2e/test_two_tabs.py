"""One person edits a page in two tabs: nothing that was typed in either of them is lost."""

from playwright.sync_api import expect

from .test_moderation import WIDE

EDITOR = "/cms/pages/4/edit/"
SAVE = "Control+s"
MESSAGE = ".messages li"


def test_the_later_tab_is_asked_before_it_saves(sign_in):
    first = sign_in("editor")
    second = first.context.new_page()
    for tab in (first, second):
        tab.goto(EDITOR)
    was = second.locator("[name=title]").input_value()
    first.locator("[name=title]").fill("Title of the first tab")
    first.keyboard.press(SAVE)
    expect(first.locator(MESSAGE)).to_contain_text("has been updated")

    second.bring_to_front()
    second.locator("[name=title]").fill("Title of the second tab")
    second.keyboard.press(SAVE)
    # Wagtail's own warning comes first, if it knows of the other tab by then.
    asked = second.get_by_text("there is a newer version").or_(
        second.locator("#w-save-confirmation-dialog [data-w-dialog-target=confirm]:visible")
    )
    expect(asked.first).to_be_visible()
    confirm = second.locator("#w-save-confirmation-dialog [data-w-dialog-target=confirm]:visible")
    if confirm.count():
        confirm.click()
    message = second.locator(MESSAGE, has_text="there is a newer version")
    expect(message).to_contain_text("You saved it in another window")
    expect(second.locator("[name=title]")).to_have_value("Title of the second tab")
    message.locator("summary").focus()
    second.keyboard.press("Enter")
    expect(message.locator("del")).to_have_text("first")
    expect(message.locator("ins")).to_have_text("second")
    second.set_viewport_size({"width": 390, "height": 844})
    assert not second.evaluate(WIDE)

    first.reload()
    expect(first.locator("[name=title]")).to_have_value("Title of the first tab")
    second.keyboard.press(SAVE)
    expect(second.locator(MESSAGE)).to_contain_text("has been updated")
    expect(second.locator("[name=title]")).to_have_value("Title of the second tab")
    second.locator("[name=title]").fill(was)
    second.keyboard.press(SAVE)
    expect(second.locator("[name=title]")).to_have_value(was)
    expect(second.locator(MESSAGE)).to_contain_text(was)
