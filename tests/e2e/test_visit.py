"""A visitor with a keyboard, one without scripts, and one who comes back."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.quick
def test_the_first_key_offers_to_skip_to_the_content(demo, page):
    page.goto("/en/about/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.quick
def test_the_language_switcher_works_by_keyboard(demo, page):
    page.goto("/en/about/")
    summary = page.locator(".site-header summary")
    summary.focus()
    page.keyboard.press("Enter")
    panel = page.locator(".site-header .panel")
    expect(panel).to_be_visible()
    expect(panel.get_by_text("Magyar")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    panel.get_by_role("link", name="Polski").click()
    expect(page).to_have_url(re.compile("/pl/"))
    expect(page.locator("html")).to_have_attribute("lang", "pl")


@pytest.mark.parametrize("path", ["search/", "partners/"])
def test_what_is_typed_and_not_sent_goes_along_when_the_language_changes(demo, page, path):
    page.goto(f"/en/{path}?q=before")
    page.locator("main [name=q]").fill("brick & beam")
    page.locator(".site-header summary").click()
    page.locator(".site-header .panel").get_by_role("link", name="Polski").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.locator("main [name=q]")).to_have_value("brick & beam")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_of_a_narrow_window_works_by_keyboard(demo, browser, scripts):
    context = browser.new_context(
        base_url=demo.address, viewport={"width": 390, "height": 800}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto("/en/")
    menu, button = page.locator(".site-nav"), page.get_by_role("button", name="Main menu")
    expect(menu).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/en/about/"))
    context.close()


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_the_open_language_switcher_stays_in_the_window(demo, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/sl/")
    page.locator(".site-header summary").click()
    box = page.locator(".site-header .panel").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_every_link_shows_where_the_focus_is(demo, page):
    page.goto("/en/")
    for _number in range(25):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
                const element = document.activeElement;
                const boxes = [element, element.closest(".card")].filter(Boolean);
                return boxes.some(box => {
                    const style = getComputedStyle(box);
                    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                });
            }"""
        )
        assert shown, page.evaluate("document.activeElement.outerHTML")


def test_share_buttons_stay_hidden_once_hidden(demo, page):
    page.goto("/en/about/")
    links = page.locator("[data-share] ul")
    button = page.locator("[data-share] button")
    expect(links).to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    expect(links).to_be_hidden()
    page.reload()
    expect(links).to_be_hidden()
    expect(button).to_have_text("Show buttons")
    button.click()
    expect(links).to_be_visible()


def test_everything_works_without_scripts(demo, browser):
    context = browser.new_context(base_url=demo.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/")
    expect(page.locator("[data-share] ul")).to_be_visible()
    page.locator(".site-header summary").click()
    page.get_by_role("link", name="Slovenščina").click()
    expect(page.locator("html")).to_have_attribute("lang", "sl")
    page.goto("/en/partners/")
    page.get_by_label("Theme").select_option("design")
    page.get_by_role("button", name="Filter").click()
    expect(page).to_have_url(re.compile("theme=design"))
    expect(page.get_by_role("status")).to_be_visible()
    page.goto("/en/search/")
    page.get_by_label("Search for").fill("bricks")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("language", ["sl", "pl", "es", "pt", "hu", "sr"])
def test_the_interface_speaks_the_language_of_the_address(demo, page, language):
    page.goto(f"/{language}/search/?q=xyzzy")
    assert page.get_by_text("Nothing was found").count() == 0
    assert page.get_by_text("Ways on from here").count() == 0


def test_a_page_prints_without_its_furniture(demo, page):
    page.goto("/en/about/")
    page.emulate_media(media="print")
    expect(page.locator(".site-nav")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".funding")).to_be_visible()


@pytest.mark.parametrize("face", ["Manrope", "Source Sans"])
def test_our_faces_hold_the_letters_of_all_languages(demo, page, face):
    """A letter that a face lacks is as wide as the face behind it, and that differs."""
    for _view in range(2):  # the second view has the faces from the browser's cache
        page.goto("/pl/", wait_until="networkidle")
    letters = "áàâãąćčçđéêęíłńñóôõöőśšúüűźżžÁÀÂÃĄĆČÇĐÉÊĘÍŁŃÑÓÔÕÖŐŚŠÚÜŰŹŻŽ„”»«¿¡–…"
    missing = page.evaluate(
        """async ([face, letters]) => {
            await document.fonts.load(`40px "${face}"`, letters);
            const context = document.createElement("canvas").getContext("2d");
            const width = (letter, behind) => {
                context.font = `40px "${face}", ${behind}`;
                return context.measureText(letter).width;
            };
            const isMissing = letter => width(letter, "monospace") !== width(letter, "serif");
            return [...letters].filter(isMissing);
        }""",
        [face, letters],
    )
    assert missing == []


def test_a_film_is_loaded_when_it_is_started(demo, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if ".mp4" in request.url else None)
    page.goto("/en/about/circular-construction/", wait_until="networkidle")
    film = page.locator("video")
    film.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert asked == []
    film.focus()
    with page.expect_request("**/*.mp4"):
        page.keyboard.press("Space")
    assert {url.partition("/media/")[0] for url in asked} == {demo.address}
