"""Buttons in tables work, and a refusal or a lost connection loses nothing that was typed."""

import pytest
from playwright.sync_api import expect

from ecca_site.demo.accounts import PASSWORD


@pytest.mark.parametrize("width", [1280, 390])
def test_a_reviewer_claims_an_item_in_the_queue_and_gives_it_back(demo, sign_in, width):
    page = sign_in("admin")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/cms/moderation/")
    row = page.locator("main tbody tr").first
    expect(row.get_by_role("button", name="Claim")).to_be_in_viewport(ratio=1)
    row.get_by_role("button", name="Claim").click()
    expect(row).to_contain_text("Demo Administrator")
    row.get_by_role("button", name="Give back").click()
    expect(row.get_by_role("button", name="Claim")).to_be_visible()


def test_whoever_is_signed_out_signs_in_beside_and_sends_it_again(demo, sign_in):
    page = sign_in("admin")
    page.goto("/cms/account/")
    page.get_by_label("First name").fill("Kept while signed out")
    page.context.clear_cookies(name="ecca_session")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("h1")).to_have_text("You are signed out")
    expect(page.locator(".kept-texts")).to_contain_text("Kept while signed out")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    other = opened.value
    other.locator("[name=username]").fill("admin")
    other.locator("[name=password]").fill(PASSWORD)
    other.locator("form button[type=submit]").first.click()
    expect(other.locator("h1")).to_contain_text("ECCA")
    page.bring_to_front()
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_label("First name")).to_have_value("Kept while signed out")
    page.get_by_label("First name").fill("Demo")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".messages")).to_contain_text("have been changed")


def test_what_is_too_much_is_not_sent(demo, sign_in):
    page = sign_in("admin")
    page.goto("/cms/account/")
    page.get_by_label("First name").evaluate("(input) => (input.value = 'x'.repeat(3_000_000))")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".messages")).to_contain_text("more than can be saved at once")
    assert len(page.get_by_label("First name").input_value()) == 3_000_000
