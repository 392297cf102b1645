"""The whole way of a change in two languages.

A partner organisation, its moderator, a guest and a visitor.
"""

import re
from functools import partial

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .conftest import mails_to

PROFILE = "/en/partners/energy-cluster-poland/"
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
NAME = "Energy cluster (Poland)"


def choose(page, action):
    """Press a button of the editor's menu by its name, which is the same in every language of the
    CMS.
    """
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.locator(f"footer [name={action}]").click()


def test_a_profile_from_the_organisation_to_the_visitor(demo, page, sign_in, browser):
    partner = sign_in("partner")  # whose CMS speaks Polish
    expect(partner.locator("html")).to_have_attribute("lang", "pl")
    partner.get_by_role("link", name=NAME, exact=True).first.click()
    partner.locator("[name=offers]").fill("Heat from waste water.")
    choose(partner, "action-submit")
    expect(partner.locator(".messages")).to_contain_text(NAME)
    page.goto(PROFILE)
    expect(page.get_by_text("Heat from waste water")).to_have_count(0)

    moderator = sign_in("moderator")  # whose CMS speaks English
    moderator.get_by_role("link", name=NAME).click()
    expect(moderator.locator("ins").first).to_be_visible()
    expect(moderator.locator("del").first).to_be_visible()
    moderator.get_by_role("button", name="Claim", exact=True).click()
    expect(moderator.get_by_text("You have claimed this.")).to_be_visible()
    moderator.get_by_role("button", name="Request changes").click()
    expect(moderator.get_by_text("Give a reason in a comment.")).to_be_visible()
    review = moderator.url

    # Somebody without an account reads the version and says a word.
    moderator.get_by_role("button", name="Make an address").click()
    address = moderator.get_by_label("Address for a guest").input_value()
    visitor = browser.new_context()
    guest = visitor.new_page()
    guest.goto(address)
    expect(guest.frame_locator("iframe").get_by_text("Heat from waste water")).to_be_visible()
    guest.locator("[name=name]").fill("Ana")
    guest.locator("[name=text]").fill("How much heat?")
    guest.locator("main form button").click()
    expect(guest.get_by_role("status")).to_be_visible()
    assert visitor.cookies() == []
    visitor.close()

    moderator.goto(review)
    expect(moderator.get_by_text("How much heat?").first).to_be_visible()
    moderator.locator("[name=comment]").fill("Say how much heat.")
    moderator.get_by_role("button", name="Request changes").click()
    expect(moderator.locator(".messages")).to_contain_text(f"“{NAME}” was sent back.")

    partner.goto("/cms/")
    expect(partner.get_by_text("Say how much heat.")).to_be_visible()
    partner.get_by_role("link", name=NAME, exact=True).first.click()
    expect(partner.locator(".messages")).to_contain_text("Say how much heat.")
    partner.locator("[name=offers]").fill("Heat from waste water, three megawatts.")
    choose(partner, "action-submit")
    expect(partner.locator(".messages")).to_contain_text(NAME)

    # It is still one's own while nobody has decided.
    partner.goto("/cms/")
    partner.get_by_role("link", name=NAME, exact=True).first.click()
    partner.locator("footer a[href*=withdraw]").first.click()
    partner.locator("form .button[type=submit]").click()
    partner.locator("[name=offers]").fill("Heat from waste water, four megawatts.")
    choose(partner, "action-submit")
    expect(partner.locator(".messages")).to_contain_text(NAME)

    moderator.goto("/cms/moderation/")
    moderator.get_by_role("link", name=NAME).click()
    expect(moderator.get_by_text("Say how much heat.")).to_be_visible()
    moderator.get_by_role("button", name="Approve", exact=True).click()
    expect(moderator.locator(".messages")).to_contain_text(f"“{NAME}” was approved.")
    page.goto(PROFILE)
    expect(page.get_by_text("Heat from waste water, four megawatts.")).to_have_count(1)

    to_partner = mails_to(demo, "partner@demo.ecca.example")
    to_moderator = [
        message["Subject"].strip()
        for message in mails_to(demo, "moderator@demo.ecca.example")
        if NAME in message["Subject"]
    ]
    assert to_moderator == [f"[English · partner profile] {NAME}: waits for review"] * 3
    assert len(to_partner) == 2
    for message in to_partner:
        assert "profil partnera" in message["Subject"]
        assert '<html lang="pl">' in message.get_body(["html"]).get_content()
    assert "Say how much heat." in to_partner[0].get_body(["plain"]).get_content()


def test_a_slovenian_news_item(demo, page, sign_in):
    editor = sign_in("editor")
    editor.goto("/cms/pages/search/?q=Novice")
    editor.get_by_role("link", name="Novice", exact=True).first.click()
    parent = re.search(r"/cms/pages/(\d+)/", editor.url)[1]
    editor.goto(f"/cms/pages/add/news/newspage/{parent}/")
    editor.locator("[name=title]").fill("Delavnica o starih hišah")
    editor.locator("[name=summary]").fill("Dva popoldneva z geodeti.")
    editor.locator("[name=date]").fill("2026-11-20")
    editor.locator("[name=topic]").select_option("events")
    choose(editor, "action-submit")
    expect(editor.locator(".messages")).to_contain_text("Delavnica o starih hišah")

    reviewer = sign_in("reviewer")  # whose CMS speaks Slovenian
    expect(reviewer.locator("html")).to_have_attribute("lang", "sl")
    reviewer.get_by_role("link", name="Delavnica o starih hišah").click()
    expect(reviewer.locator("main h2").first).to_be_visible()
    reviewer.locator("button[name=action][value=approve]").click()
    expect(reviewer.locator(".messages")).to_contain_text("Delavnica o starih hišah")
    page.goto("/sl/novice/")
    page.get_by_role("link", name="Delavnica o starih hišah").first.click()
    expect(page.get_by_text("Dva popoldneva z geodeti.")).to_be_visible()
    [message] = [
        mail
        for mail in mails_to(demo, "reviewer@demo.ecca.example")
        if "Delavnica o starih hišah" in mail["Subject"]
    ]
    assert message["Subject"].strip().startswith("[Slovenščina · novica]")
    assert '<html lang="sl">' in message.get_body(["html"]).get_content()


def test_a_partner_asks_to_go_and_an_administrator_is_asked_first(demo, page, sign_in):
    partner = sign_in("partner")
    partner.get_by_role("link", name=NAME, exact=True).first.click()
    partner.locator("footer [data-w-dropdown-target=toggle]").last.click()
    partner.locator("footer a[href*=request]").click()
    partner.locator("[name=kind][value=unpublish]").check()
    partner.locator("[name=reason]").fill("We have merged.")
    partner.locator("main form .button[type=submit]").click()
    moderator = sign_in("moderator")
    moderator.get_by_role("link", name=NAME).click()
    expect(moderator.get_by_text("asks to take it offline: We have merged.")).to_be_visible()
    moderator.locator("[name=comment]").fill("Please stay.")
    moderator.get_by_role("button", name="Decline").click()
    page.goto(PROFILE)
    expect(page.locator("h1")).to_have_text(NAME)


def test_reviews_are_for_everybody(demo, sign_in):
    """Axe finds nothing in what this site adds to the CMS, and nothing there scrolls sideways on a
    small screen.
    """
    moderator = sign_in("moderator")
    found, wide = {}, []
    for open_page in (
        partial(moderator.goto, "/cms/"),
        partial(moderator.goto, "/cms/moderation/"),
        moderator.locator("td.title a").first.click,
        partial(moderator.goto, "/cms/moderation/audit/"),
        partial(moderator.goto, "/cms/guide/"),
    ):
        open_page()
        moderator.wait_for_load_state("networkidle")
        violations = Axe().run(moderator, context="main").response["violations"]
        serious = [v for v in violations if v["impact"] in ("serious", "critical")]
        if serious:
            found[moderator.url] = [
                (v["id"], [node["target"] for node in v["nodes"]][:3]) for v in serious
            ]
        moderator.set_viewport_size({"width": 400, "height": 800})
        if re.search(r"/moderation/\d+/$", moderator.url) and moderator.evaluate(WIDE):
            wide.append(moderator.url)
        moderator.set_viewport_size({"width": 1400, "height": 1000})
    assert not found
    assert not wide
