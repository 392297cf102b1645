"""What is not translated, what each language has, and what becomes of translations whose original
goes.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .test_translation import open_page

TITLE = "Thirteen clusters apply to join the alliance"
ENGLISH = "/en/news/thirteen-clusters-apply/"


def violations(page, context):
    found = Axe().run(page, context=context).response["violations"]
    return [
        (violation["id"], [node["target"] for node in violation["nodes"]][:3])
        for violation in found
    ]


def test_a_hungarian_reads_what_there_is_and_stays_in_hungarian(demo, page):
    page.goto("/hu/")
    page.get_by_role("link", name="News", exact=True).first.click()
    expect(page).to_have_url(re.compile("/hu/news/$"))
    expect(page.locator("html")).to_have_attribute("lang", "hu")
    page.get_by_role("link", name=TITLE).click()
    expect(page).to_have_url(re.compile("/hu/news/thirteen-clusters-apply/$"))
    notice = page.locator(".language-notice")
    expect(notice).to_have_attribute("lang", "hu")
    expect(page.locator("main")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text(TITLE)
    notice.get_by_role("link", name="Slovenščina").click()
    expect(page).to_have_url(re.compile("/sl/novice/"))
    expect(page.locator(".language-notice")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_board_panel_and_languages(demo, sign_in, scheme):
    translator, admin = sign_in("translator"), sign_in("admin")
    for user in (translator, admin):
        user.emulate_media(color_scheme=scheme)
    translator.goto("/cms/translations/")
    assert violations(translator, ".coverage-summary") == []
    assert violations(translator, "#listing-results") == []
    translator.goto("/cms/")
    assert violations(translator, "[id^=to-translate]") == []
    admin.goto("/cms/translations/languages/")
    assert violations(admin, "main table") == []


def test_the_board_works_by_keyboard(demo, sign_in):
    translator = sign_in("translator")
    translator.goto("/cms/translations/?language=sl&state=stale")
    translator.goto("/cms/translations/?language=hu&state=missing")
    expect(translator.locator("table.coverage tbody tr").first).to_be_visible()
    translator.goto("/cms/translations/")
    link = translator.locator("table.coverage td.coverage-mine a").first
    link.focus()
    assert translator.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    translator.keyboard.press("Enter")
    expect(translator).to_have_url(re.compile(r"/cms/(pages|moderation|translations)/"))


def test_an_original_that_goes_offline_takes_its_translations_along(demo, page, sign_in):
    page.goto(ENGLISH)
    addresses = {
        link.get_attribute("hreflang"): link.get_attribute("href")
        for link in page.locator(".languages a").all()
    }
    assert {"en", "sl", "pl", "es"} == addresses.keys()
    admin = sign_in("admin")
    open_page(admin, TITLE)
    admin.goto(admin.url.replace("/edit/", "/unpublish/"))
    expect(admin.locator(".effects")).to_contain_text("3 translations go along:")
    admin.get_by_role("button", name=re.compile("unpublish", re.IGNORECASE)).click()
    expect(admin.locator(".messages")).to_contain_text("unpublished")
    for address in (*addresses.values(), "/hu/news/thirteen-clusters-apply/"):
        assert page.request.get(address).status == 404, address
    admin.goto(f"/cms/translations/?q={TITLE.replace(' ', '+')}")
    row = admin.locator("table.coverage tbody tr")
    expect(row).to_have_count(1)
    expect(
        row.locator(".coverage-state.live, .coverage-state.orphaned, .coverage-state.stale")
    ).to_have_count(0)
