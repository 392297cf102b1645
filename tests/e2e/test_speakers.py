"""The whole way of a speaker: a manager, a reviewer and a visitor."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .conftest import mails_to
from .test_moderation import WIDE, choose

CONFERENCE = "/en/conferences/building-with-what-we-have/"
NAME = "Speaker from the Serbian institute"
TEXT = "Takes walls apart so that they can be put up again."


def assert_accessible(page):
    violations = Axe().run(page, context="main").response["violations"]
    assert [each["id"] for each in violations if each["impact"] in ("serious", "critical")] == []


def open_session(page):
    """Open what a visitor reads of the session that the speaker holds."""
    page.goto(CONFERENCE)
    holds = page.locator(
        ".session", has=page.get_by_role("heading", name="The order of demolition")
    )
    holds.locator("summary").click()
    return holds


def test_a_speaker_from_the_manager_to_the_visitor(demo, page, sign_in):
    manager = sign_in("conferences")
    manager.get_by_role("link", name="Speakers", exact=True).click()
    manager.goto("/cms/snippets/conferences/speaker/?locale=en")
    manager.get_by_role("link", name=NAME).first.click()
    manager.locator("[name=biography]").fill(TEXT)
    choose(manager, "action-submit")
    expect(manager.locator(".messages")).to_contain_text(NAME)
    manager.goto("/cms/")
    expect(manager.get_by_text("Waiting for a decision")).to_be_visible()
    expect(open_session(page)).not_to_contain_text(TEXT)

    reviewer = sign_in("reviewer-en")
    reviewer.get_by_role("link", name=NAME).first.click()
    expect(reviewer.get_by_role("heading", name="Live and submitted")).to_be_visible()
    expect(reviewer.locator("ins", has_text="walls")).to_be_visible()
    assert_accessible(reviewer)
    reviewer.set_viewport_size({"width": 390, "height": 844})
    assert not reviewer.evaluate(WIDE)
    reviewer.get_by_role("button", name="Approve", exact=True).click()
    expect(reviewer.locator(".messages")).to_contain_text(f"“{NAME}” was approved.")

    holds = open_session(page)
    expect(holds).to_contain_text(TEXT)
    [told] = [
        mail for mail in mails_to(demo, "reviewer-en@demo.ecca.example") if NAME in mail["Subject"]
    ]
    assert told["Subject"].endswith("waits for review")
    [told] = [
        mail for mail in mails_to(demo, "conferences@demo.ecca.example") if NAME in mail["Subject"]
    ]
    assert told["Subject"].endswith("approved")
