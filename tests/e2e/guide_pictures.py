"""Make the pictures of the guide from a fresh demo: ``make reset-demo``, then in another terminal

    DJANGO_SETTINGS_MODULE=ecca_site.settings.dev .venv/bin/python -m tests.e2e.guide_pictures http://127.0.0.1:8000

It changes the demo. What it prints goes into the sizes of ``home/guide``.
"""

import io
import shutil
import sys
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import sync_playwright

django.setup()

from home.demo.accounts import PASSWORD  # noqa: E402  needs the apps

FOLDER = Path(__file__).resolve().parents[2] / "ecca_site/static/img/guide"
WIDTH = 1000
NAME = "Energy cluster (Poland)"


def save(page, name, height):
    """Keep the upper part of what a page shows, as small as a guide needs it."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    shot = page.screenshot(clip={"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height})
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    picture.thumbnail((WIDTH, WIDTH * 2))
    FOLDER.mkdir(exist_ok=True)
    picture.save(FOLDER / f"{name}.webp", quality=70, method=6)
    print(name, picture.size, (FOLDER / f"{name}.webp").stat().st_size)


def sign_in(browser, address, username):
    page = browser.new_context(base_url=address, viewport={"width": 1400, "height": 1000}).new_page()
    page.goto("/cms/login/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    return page


def open_menu(page):
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.wait_for_timeout(300)


def main(address):
    with sync_playwright() as playwright:
        system = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(args=["--no-sandbox"], **({"executable_path": system} if system else {}))
        partner = sign_in(browser, address, "partner")
        partner.goto("/cms/account/")
        partner.locator("[name=locale-preferred_language]").select_option("en")
        partner.locator("footer button[type=submit]").click()
        partner.goto("/cms/")
        partner.get_by_role("link", name=NAME, exact=True).first.click()
        partner.locator("[name=offers]").fill("Heat from waste water, three megawatts.")
        open_menu(partner)
        partner.set_viewport_size({"width": 1400, "height": 840})
        save(partner, "submit", 840)
        partner.locator("footer [name=action-submit]").click()
        partner.wait_for_load_state("networkidle")
        partner.goto("/cms/")
        save(partner, "home", 880)
        admin = sign_in(browser, address, "admin")
        admin.goto("/cms/moderation/")
        admin.get_by_role("button", name="Claim", exact=True).first.click()
        save(admin, "queue", 583)
        moderator = sign_in(browser, address, "moderator")
        moderator.goto("/cms/moderation/")
        moderator.get_by_role("link", name=NAME).click()
        save(moderator, "review", 1000)
        browser.close()


main(sys.argv[1])
