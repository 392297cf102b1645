"""What editors find in the CMS besides moderation, which ``test_moderation`` tries."""

import re

from playwright.sync_api import expect


def test_the_preview_shows_the_page_beside_the_editor(demo, sign_in):
    editor = sign_in("editor")
    editor.goto("/cms/pages/search/?q=Energy+cluster+Poland")
    editor.get_by_role("link", name="Energy cluster (Poland)", exact=True).first.click()
    editor.get_by_role("button", name="Toggle preview").click()
    frame = editor.frame_locator("#w-preview-iframe, iframe[title='Preview']").first
    expect(frame.locator("h1")).to_have_text("Energy cluster (Poland)")


def test_a_page_that_is_saving_itself_is_submitted_when_that_is_done(demo, sign_in):
    """The automatic save makes the page: a submission beside it would find its own slug taken."""
    editor = sign_in("editor")
    waiting = []

    def hold(route):
        is_automatic = route.request.headers.get("accept") == "application/json"
        if is_automatic and not waiting:
            waiting.append(route)
        else:
            route.continue_()

    editor.goto("/cms/pages/search/?q=Privacy")
    address = editor.get_by_role("link", name="Privacy", exact=True).first.get_attribute("href")
    above = re.search(r"/pages/(\d+)/", address)[1]
    editor.goto(f"/cms/pages/add/home/contentpage/{above}/")
    editor.route("**/cms/pages/**", hold)
    editor.locator("[name=title]").fill("Saved and sent at once")
    while not waiting:  # what is typed before the editor watches is not saved by itself
        editor.locator("[name=introduction]").press_sequentially(".")
        editor.wait_for_timeout(1000)
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Submit for review").click()
    editor.wait_for_timeout(300)
    assert "/add/" in editor.url
    waiting[0].continue_()
    expect(editor.locator(".messages")).to_contain_text("Saved and sent at once")
    expect(editor.locator(".messages")).not_to_contain_text("could not")
    editor.goto("/cms/pages/search/?q=Saved+and+sent")
    expect(editor.get_by_role("link", name="Saved and sent at once", exact=True)).to_have_count(1)
