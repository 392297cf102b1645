"""What editors find in the CMS besides moderation, which ``test_moderation`` tries."""

from playwright.sync_api import expect


def test_the_preview_shows_the_page_beside_the_editor(demo, sign_in):
    editor = sign_in("editor")
    editor.goto("/cms/pages/search/?q=Energy+cluster+Poland")
    editor.get_by_role("link", name="Energy cluster (Poland)", exact=True).first.click()
    editor.get_by_role("button", name="Toggle preview").click()
    frame = editor.frame_locator("#w-preview-iframe, iframe[title='Preview']").first
    expect(frame.locator("h1")).to_have_text("Energy cluster (Poland)", timeout=15_000)
