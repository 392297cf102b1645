"""People of a partner organisation find their profile, change it, and are led into no dead end."""

import re

import pytest
from playwright.sync_api import expect

PROFILE = "Energy cluster (Poland)"


@pytest.fixture
def watch():
    """Return a function that collects what the server refuses while a page is open."""

    def watch(page):
        refused = []
        page.on(
            "response",
            lambda response: refused.append(response.url) if response.status >= 400 else None,
        )
        page.on("pageerror", lambda error: refused.append(str(error)))
        return refused

    return watch


def test_the_cms_begins_with_ones_own_profile_in_each_language(sign_in, watch):
    page = sign_in("partner")
    refused = watch(page)
    panel = page.locator("#own-profiles-section, section:has(#own-profiles-heading)").first
    expect(panel.locator("a[href*='/edit/']")).to_have_count(4)
    for link in page.locator("nav a[href^='/cms/'], main a[href^='/cms/']").all():
        assert link.get_attribute("href").split("#")[0] in (
            "/cms/", "/cms/profile/", "/cms/images/", "/cms/documents/", "/cms/guide/",
            "/cms/account/",
            "/cms/colleagues/",
        ) or "/edit/" in link.get_attribute("href")  # fmt: skip
    page.goto("/cms/pages/")
    expect(page).to_have_url("/cms/")
    expect(page.locator(".messages")).to_be_visible()
    assert refused == []


def test_a_change_is_submitted_and_its_state_shows(sign_in, watch):
    page = sign_in("partner")
    page.get_by_role("link", name=PROFILE).first.click()
    refused = watch(page)
    page.locator("#id_seeks").fill("Partners for heat from waste water.")
    page.locator("footer button[aria-expanded]").last.click()
    page.locator("button[name=action-submit]").click()
    expect(page).to_have_url("/cms/")
    expect(page.locator(".messages")).to_contain_text(PROFILE)
    expect(page.locator("#my-items-section, #my-items").first).to_contain_text(PROFILE)
    assert refused == []


@pytest.mark.parametrize("username", ["partner", "translator"])
def test_the_editor_of_translations_opens_with_all_that_it_shows(sign_in, watch, username):
    page = sign_in(username)
    page.goto("/cms/profile/" if username == "partner" else "/cms/pages/search/?q=Energetski+grozd")
    refused = watch(page)
    page.get_by_role("link", name="Energetski grozd (Poljska)").first.click()
    expect(page.get_by_text("Energetski grozd, Poljska").first).to_be_visible()
    assert refused == []


def test_the_editor_of_translations_shows_the_pictures_that_may_be_replaced(sign_in, watch):
    """It asks the CMS's API for them and stays empty where that is refused."""
    page = sign_in("translator")
    page.goto("/cms/pages/search/?q=Trinajst+grozdov")
    refused = watch(page)
    page.get_by_role("link", name=re.compile("^Trinajst grozdov")).first.click()
    expect(page.locator("img.show-transparency").first).to_be_visible()
    assert refused == []
