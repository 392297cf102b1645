"""A second factor in the browser: set up, used, and lost."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from ecca_site.demo.accounts import PASSWORD
from tests.users.factors import code_of

from .conftest import serve_demo

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demo of its own: whoever has a second factor signs in nowhere by the password alone."""
    with serve_demo(tmp_path_factory.mktemp("second_factor")) as demo:
        yield demo


@pytest.fixture
def window(demo, browser):
    """Return a function that opens the page to sign in, on a host that browsers allow passkeys."""
    port = urlsplit(demo.address).port
    contexts = []

    def make():
        context = browser.new_context(base_url=f"http://localhost:{port}")
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def type_password(page, username):
    page.goto("/cms/login/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def give(page, code):
    page.locator("[name=code]").fill(code)
    page.locator("[name=code]").press("Enter")


def test_an_app_is_set_up_and_a_recovery_code_gets_in_without_it(window):
    page = window()
    type_password(page, "reviewer-en")
    expect(page.locator("h1")).to_contain_text("ECCA")
    page.goto("/cms/second-factor/totp/activate/")
    assert page.locator(".second-factor-code").evaluate("image => image.naturalWidth") > 0
    give(page, code_of(page.locator(".second-factor-key").inner_text()))
    codes = page.locator(".second-factor-codes code")
    expect(codes).to_have_count(10)
    other = window()
    type_password(other, "reviewer-en")
    expect(other.locator("h1")).to_have_text("Second step")
    give(other, "1")
    expect(other.locator("li.error")).to_have_text("This code is not right, or was used before.")
    give(other, codes.first.inner_text())
    expect(other.locator("h1")).to_contain_text("ECCA")


def test_a_passkey_is_added_and_gets_in_by_the_keyboard(window):
    page = window()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    type_password(page, "conferences")
    expect(page.locator("h1")).to_contain_text("ECCA")
    page.goto("/cms/second-factor/webauthn/add/")
    page.locator("[name=name]").fill("My phone")
    page.locator("[name=name]").press("Enter")
    expect(page.locator(".second-factor-codes code")).to_have_count(10)
    page.context.clear_cookies()
    type_password(page, "conferences")
    page.get_by_role("button", name="Use your passkey").press("Enter")
    expect(page.locator("h1")).to_contain_text("ECCA")
