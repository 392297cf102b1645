"""Make the pictures of the guide anew, by ``make guide``, from a demo of their own that it serves
itself.

It lists first which pictures show files that have changed since. A picture is taken when the job
that it shows has succeeded: the answer was 200, the heading and the result are there. Otherwise it
stops, and the old pictures stay.
"""

import io
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Browser, Locator, Response, expect, sync_playwright

django.setup()

from ecca_site.demo.accounts import PASSWORD  # noqa: E402  needs the apps
from tests.machine import find_browser  # noqa: E402

from . import guide_manifest as manifest  # noqa: E402
from .hours.copies import serve  # noqa: E402

FOLDER = manifest.ROOT / "ecca_site/static/img/guide"
WIDTH = 1000
PATIENCE = 180_000  # milliseconds: a busy machine makes the same pictures
NAME = "Energy cluster (Poland)"
TRANSLATED = "Stene, ki jih lahko spet razstavimo"
CONFERENCE = "Building with what we have"
DATED = "Save the date: Building with what we have"
READY = """async () => {
  await document.fonts.ready;
  const top = image => image.getBoundingClientRect().top;
  const isSeen = image => image.checkVisibility() && top(image) < innerHeight;
  await Promise.all([...document.images].filter(isSeen).map(image => image.decode()));
}"""


class Photographer:
    """Somebody signed in, and the pictures of what they see."""

    def __init__(self, browser: Browser, address: str, username: str):
        self.page = browser.new_context(
            base_url=address, viewport={"width": 1400, "height": 900}
        ).new_page()
        self.page.set_default_timeout(PATIENCE)
        self.answer: Response | None = None
        self.page.on("response", self.hear)
        self.page.goto("/cms/login/")
        self.page.locator("[name=username]").fill(username)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("form button[type=submit]").first.click()
        expect(self.page.locator("h1")).to_contain_text("ECCA")

    def hear(self, response: Response) -> None:
        """Remember the answer that made the page which is shown now."""
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.answer = response

    def take(
        self, name: str, heading: str, *there: Locator, height: int
    ) -> tuple[dict, Image.Image]:
        """Return the record and the picture of the page's upper part, once all is there that it
        should show.
        """
        page = self.page
        print(f"{name} …", flush=True)
        # The editor of translations has no heading of the first level, but every screen has a
        # title.
        expect(page).to_have_title(re.compile(re.escape(heading)))
        for locator in there:
            expect(locator).to_be_visible()
        page.set_viewport_size({"width": 1400, "height": height})
        page.evaluate(READY)
        if self.answer is None or self.answer.status != 200:
            raise AssertionError(f"{name}: {self.answer and self.answer.status} at {page.url}")
        shot = page.screenshot(animations="disabled", caret="hide")
        picture = Image.open(io.BytesIO(shot)).convert("RGB")
        picture.thumbnail((WIDTH, WIDTH * 2))
        record = {
            "address": page.url.partition("/cms/")[1] + page.url.partition("/cms/")[2],
            "title": page.title(),
            "status": self.answer.status,
            "width": picture.width,
            "height": picture.height,
            "shows": manifest.sums(name),
        }
        return record, picture


def take_all(person: Callable[[str], Photographer]) -> dict[str, tuple[dict, Image.Image]]:
    """Do the main job of each role, and return a picture of each."""
    made = {}
    partner = person("partner")
    page = partner.page
    page.get_by_role("link", name=NAME, exact=True).first.click()
    page.locator("[name=offers]").fill("Heat from waste water, three megawatts.")
    page.get_by_role("button", name="More actions").click()
    submit = page.locator("footer [name=action-submit]")
    made["submit"] = partner.take("submit", NAME, submit, height=840)
    submit.click()
    message = page.locator(".messages").get_by_text(NAME)
    expect(message).to_be_visible()
    page.goto("/cms/")
    waiting = page.locator("#my-items-section, #my-items").get_by_text(NAME).first
    made["home"] = partner.take("home", "Dashboard", waiting, height=880)

    moderator = person("moderator")
    page = moderator.page
    page.goto("/cms/moderation/")
    row = page.locator("tr", has=page.get_by_role("link", name=NAME))
    row.get_by_role("button", name="Claim", exact=True).click()
    given_back = page.get_by_role("button", name="Give back")
    made["queue"] = moderator.take("queue", "Moderation", given_back.first, height=620)
    page.get_by_role("link", name=NAME).click()
    inserted = page.locator("ins").first
    made["review"] = moderator.take(
        "review", NAME, inserted, page.get_by_role("button", name="Approve"), height=1000
    )

    editor = person("editor")
    page = editor.page
    page.goto("/cms/pages/search/?q=The+second+life+of+a+brick")
    page.get_by_role("link", name="The second life of a brick", exact=True).first.click()
    page.get_by_role("button", name="Toggle preview").click()
    frame = page.frame_locator("#w-preview-iframe, iframe[title='Preview']").first
    heading = frame.locator("h1", has_text="The second life of a brick")
    made["write"] = editor.take("write", "The second life of a brick", heading, height=900)
    page.goto("/cms/translations/")
    made["board"] = editor.take(
        "board", "Translations", page.locator("table.coverage tbody tr").first, height=900
    )

    made |= take_dates(editor, person("reviewer-en"))

    translator = person("translator")
    page = translator.page
    page.goto("/cms/pages/search/?q=Stene")
    page.get_by_role("link", name=TRANSLATED).first.click()
    text = page.locator(".translation-text")
    made["translate"] = translator.take(
        "translate", "Translation of Walls", text.locator("ins").first, text.first, height=900
    )

    manager = person("conferences")
    page = manager.page
    page.goto("/cms/conferences/")
    page.get_by_role("link", name=CONFERENCE, exact=True).click()
    visitor = page.get_by_text("Ana Visitor").first
    made["desk"] = manager.take("desk", "Registrations", visitor, height=700)
    return made


def take_dates(editor: Photographer, reviewer: Photographer) -> dict[str, tuple[dict, Image.Image]]:
    """Give a page its dates, approve it, and return a picture of each."""
    made = {}
    page = editor.page
    page.goto("/cms/pages/search/?q=Save+the+date")
    page.get_by_role("link", name=DATED, exact=True).first.click()
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    for field, day in (("go_live_at", "2031-01-10 09:00"), ("expire_at", "2031-03-01 09:00")):
        page.locator(f"[name={field}]").click()
        expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
        page.keyboard.type(day)
        page.get_by_role("heading", name="Set publishing schedule").click()
        expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    along = page.locator("[name=expiry-along]")
    along.first.check()
    page.keyboard.press("Tab")
    expect(along.first).to_be_checked()
    made["schedule"] = editor.take("schedule", DATED, along.first, height=900)
    page.get_by_role("button", name="Save schedule").click()
    expect(page.locator(".messages").get_by_text(DATED)).to_be_visible()
    page.get_by_role("button", name="More actions").click()
    page.locator("footer [name=action-submit]").click()
    expect(page.locator(".messages").get_by_text("submitted for moderation")).to_be_visible()

    page = reviewer.page
    page.goto("/cms/")
    page.get_by_role("link", name=DATED, exact=True).first.click()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator(".messages").get_by_text("was approved")).to_be_visible()
    page.goto("/cms/")
    taken_back = page.get_by_role("link", name="Take the approval back")
    made["approved"] = reviewer.take("approved", "Dashboard", taken_back.first, height=1000)
    return made


def speak_english(database: Path) -> None:
    """Let every account's CMS speak English: the pictures are the same for all readers."""
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        connection.execute("UPDATE wagtailusers_userprofile SET preferred_language = 'en'")


def list_changed() -> None:
    changed = manifest.changed(manifest.read())
    for name, files in changed.items():
        print(f"{name} is out of date:", *files, sep="\n  ")
    if not changed:
        print("No picture is out of date.")


def main() -> None:
    list_changed()
    if sys.argv[1:] == ["list"]:
        return
    expect.set_options(timeout=PATIENCE)

    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder)) as demo,
        sync_playwright() as playwright,
    ):
        speak_english(demo.database)
        browser = playwright.chromium.launch(args=["--no-sandbox"], executable_path=find_browser())
        made = take_all(lambda username: Photographer(browser, demo.address, username))
        browser.close()
    records = {}
    for name, (record, picture) in made.items():
        path = FOLDER / f"{name}.webp"
        picture.save(path, quality=70, method=6)
        records[name] = record
        print(f"{name}: {record['width']} × {record['height']}, {path.stat().st_size} bytes")
    manifest.write(records)


if __name__ == "__main__":
    main()
