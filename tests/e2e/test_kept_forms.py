"""What is typed into a long form outlives a lost connection, in the visitor's browser alone."""

import json
import re

import pytest
from playwright.sync_api import Error, expect

from .test_way_of_a_partner import send

FORM = "/sl/apply/partner/"
KEPT = "Object.entries(localStorage).filter(([name]) => name.startsWith('ecca-typed:'))"
NOTICE = "Kar ste tu že vpisali, je spet tu."


def fill(page):
    page.locator("[name=legal_name]").fill("Grozd slamnatih hiš")
    page.locator("[name=country]").select_option("AT")
    page.locator("[name=offers]").fill("Stene iz slame.")
    page.locator("[name=themes]").nth(1).check()
    page.locator("[name=consent]").check()


def expect_filled(page):
    expect(page.locator("[name=legal_name]")).to_have_value("Grozd slamnatih hiš")
    expect(page.locator("[name=country]")).to_have_value("AT")
    expect(page.locator("[name=offers]")).to_have_value("Stene iz slame.")
    assert [box.is_checked() for box in page.locator("[name=themes]").all()][:3] == [
        False,
        True,
        False,
    ]
    expect(page.locator("[name=consent]")).not_to_be_checked()
    expect(page.get_by_role("status")).to_contain_text(NOTICE)


def expect_empty(page):
    expect(page.locator("[name=legal_name]")).to_have_value("")
    expect(page.locator("[name=themes]").nth(1)).not_to_be_checked()
    expect(page.get_by_role("status")).to_be_empty()


def test_a_lost_connection_loses_nothing_and_what_was_sent_is_forgotten(page, context):
    page.goto(FORM)
    expect_empty(page)
    fill(page)
    (path, text), *others = page.evaluate(KEPT)
    assert (path, others) == ("ecca-typed:/apply/partner/", [])
    assert {"legal_name", "offers"} < json.loads(text)["values"].keys()
    assert not {"stamp", "fax", "consent"} & json.loads(text)["values"].keys()
    context.set_offline(True)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_have_count(0)  # the browser's own page
    with pytest.raises(Error):
        page.goto(FORM)
    context.set_offline(False)
    page.goto(FORM)
    expect_filled(page)

    # Refused by the server it comes back from there, and is still kept.
    page.locator("[name=consent]").check()
    send(page)
    expect(page.locator("#errors")).to_be_visible()
    expect(page.get_by_role("status")).to_be_empty()
    page.goto(FORM)
    expect_filled(page)
    page.locator("[name=website]").fill("https://straw.example")
    page.locator("[name=mailbox]").fill("office@straw.example")
    page.locator("[name=consent]").check()
    send(page)
    expect(page).to_have_url(re.compile("/apply/sent/$"))
    page.wait_for_function(f"{KEPT}.length === 0")
    page.goto(FORM)
    expect_empty(page)
    assert context.cookies() == []


def test_it_is_forgotten_at_the_press_of_a_button_and_after_a_week(page):
    page.goto(FORM)
    fill(page)
    page.reload()
    page.get_by_role("status").get_by_role("button").click()
    expect_empty(page)
    expect(page.locator("[name=legal_name]")).to_be_focused()
    assert page.evaluate(KEPT) == []
    fill(page)
    page.evaluate(
        f"{KEPT}.forEach(([name, text]) => localStorage.setItem(name, "
        "JSON.stringify({...JSON.parse(text), at: Date.now() - 8 * 24 * 3600 * 1000})))"
    )
    page.reload()
    expect_empty(page)
    assert page.evaluate(KEPT) == []


def test_forms_keep_their_own_and_passwords_are_in_none(page, demo):
    page.goto(FORM)
    fill(page)
    page.goto("/sl/apply/supporting/")
    expect(page.locator("[name=legal_name]")).to_have_value("")
    for path in ("/sl/apply/", "/sl/", "/cms/login/"):
        page.goto(path)
        assert "keep-typed" not in page.content()


def test_without_scripts_nothing_changes(browser, demo):
    context = browser.new_context(base_url=demo.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(FORM)
    assert page.get_by_role("status").inner_text() == ""
    assert page.get_by_text(NOTICE).count() == 0
    context.close()
