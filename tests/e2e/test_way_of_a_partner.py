"""From the form to join to a profile that is confirmed a year later.

An applicant, a moderator, and nobody's help.
"""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from .conftest import mails_to
from .test_moderation import choose

PASSWORD = "bricks-live-twice-7"
QUICKEST = 3200  # milliseconds in which the form takes somebody for a program


def link_to(demo, mailbox, what):
    """Return the path of the link to ``what`` that an applicant was mailed last, and the mail."""
    mails = {
        message: message.get_body(["plain"]).get_content() for message in mails_to(demo, mailbox)
    }
    message = [message for message, text in mails.items() if f"/{what}/" in text][-1]
    return re.search(rf"/\w+/{what}/[\w:.-]+/", mails[message])[0], message


def send(page):
    page.wait_for_timeout(QUICKEST)
    page.locator("main form button[type=submit]").last.click()


@pytest.mark.parametrize(
    ("language", "name", "directory"),
    [
        ("sl", "Grozd lesenih hiš", "/sl/partnerji/"),
        ("en", "Timber house cluster", "/en/partners/"),
    ],
)
def test_from_the_form_to_join_to_a_confirmation_a_year_later(
    demo, browser, sign_in, language, name, directory
):
    mailbox = f"office-{language}@timber-houses.example"
    context = browser.new_context(base_url=demo.address)
    page = context.new_page()

    # Applying: what is wrong is said, what was typed stays; the mailbox is confirmed by a button
    # behind a link.
    page.goto(f"/{language}/apply/partner/")
    page.locator("[name=legal_name]").fill(name)
    page.locator("[name=country]").select_option("AT")
    page.locator("[name=offers]").fill("Walls of straw and clay.")
    page.locator("[name=themes]").first.check()
    page.locator("[name=consent]").check()
    send(page)
    expect(page.locator("#errors")).to_be_visible()
    expect(page.locator("[name=offers]")).to_have_value("Walls of straw and clay.")
    page.locator("[name=website]").fill("https://timber-houses.example")
    page.locator("[name=mailbox]").fill(mailbox)
    send(page)
    expect(page).to_have_url(re.compile("/apply/sent/$"))
    follow, message = link_to(demo, mailbox, "application")
    assert f'<html lang="{language}">' in message.get_body(["html"]).get_content()
    page.goto(follow)
    page.locator("main form button").click()
    expect(page.locator("main form")).to_have_count(0)

    # The moderator reads draft and application together, and asks back.
    moderator = sign_in("moderator")
    moderator.goto("/cms/moderation/")
    moderator.get_by_role("link", name=name).click()
    review = moderator.url
    expect(moderator.get_by_role("heading", name="Application")).to_be_visible()
    expect(moderator.get_by_text("https://timber-houses.example").first).to_be_visible()
    moderator.get_by_role("link", name="Ask or decline").click()
    moderator.locator("[name=text]").fill("How many members have you?")
    moderator.get_by_role("button", name="Ask the applicant").click()
    questions = [
        mail for mail in mails_to(demo, mailbox) if "How many members have you?" in str(mail)
    ]
    assert len(questions) == 1
    page.goto(follow)
    expect(page.get_by_text("How many members have you?")).to_be_visible()
    page.locator("[name=text]").fill("Twelve.")
    send(page)
    expect(page.get_by_text("Twelve.")).to_be_visible()
    moderator.goto(review)
    expect(moderator.get_by_text("Twelve.").first).to_be_visible()
    moderator.get_by_role("button", name="Approve", exact=True).click()
    expect(moderator.locator(".messages")).to_contain_text(name)

    # It is public; its people set a password, change it, and the change waits for the moderator.
    page.goto(directory)
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    profile = page.url
    assert context.cookies() == []
    invitation, _message = link_to(demo, mailbox, "invitation")
    page.goto(invitation)
    page.locator("[name=first_name]").fill("Office")
    page.locator("[name=last_name]").fill("Timber")
    page.locator("[name=password]").fill(PASSWORD)
    send(page)
    expect(page).to_have_url(re.compile("/cms/login/"))
    assert page.goto(invitation).status == 410
    page.goto("/cms/login/")
    page.locator("[name=username]").fill(mailbox)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.get_by_role("link", name=name, exact=True).first.click()
    page.locator("[name=offers]").fill("Walls of straw, clay and hemp.")
    choose(page, "action-submit")
    expect(page.locator(".messages")).to_contain_text(name)
    moderator.goto("/cms/moderation/")
    moderator.get_by_role("link", name=name).click()
    moderator.get_by_role("button", name="Approve", exact=True).click()
    expect(moderator.locator(".messages")).to_contain_text(name)

    # A year later: one press, by whoever has the link.
    with closing(sqlite3.connect(demo.var / "ecca.sqlite3", timeout=20)) as database, database:
        database.execute(
            (
                "UPDATE wagtailcore_page SET first_published_at = "
                "'2024-01-01 00:00:00' WHERE title = ?"
            ),
            [name],
        )
    demo.manage("ask_confirmations")
    confirm, message = link_to(demo, mailbox, "confirm-profile")
    assert name in message["Subject"]
    visitor = browser.new_context(base_url=demo.address)
    somebody = visitor.new_page()
    somebody.goto(confirm)
    expect(somebody.get_by_role("status")).to_have_count(0)
    somebody.locator("main form button").click()
    expect(somebody.get_by_role("status")).to_be_visible()
    somebody.goto(profile)
    expect(somebody.get_by_text("Walls of straw, clay and hemp.")).to_be_visible()
    assert visitor.cookies() == []
    visitor.close()
    context.close()
