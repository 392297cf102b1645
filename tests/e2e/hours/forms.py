"""Fill in any form validly.

By the type of each field, and by its name where the type says too little.
"""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page

ROOT = Path(__file__).resolve().parents[3]
QUICKEST = 3200  # milliseconds in which the forms of visitors take somebody for a program
MINIMUM = "A text of the first hour."
# The first that fits the name of a field counts.
BY_NAME = (
    (r"(^|-)stamp$|^fax$|csrf", None),
    (r"^slug$", None),
    (r"^start_at$|^starts_at$", "2027-09-09 09:00"),
    (r"^end_at$|^ends_at$", "2027-09-10 16:00"),
    (r"^end$", "16:50"),
    (r"(^|_)date$", "2027-09-09"),
    (r"old_path$", "/an-old-address"),
    (r"redirect_link$", "https://example.org/new"),
    (r"email|mailbox", "first-hour@example.org"),
    (r"website|url|link", "https://www.example.org"),
    (r"old_password", "circular-demo"),
    (r"password", "bricks-live-twice-7"),
    (r"username", "first.hour"),
    (r"hostname", "first-hour.example.org"),
    (r"port$", "8099"),
    (r"latitude", "47"),
    (r"longitude", "15"),
)
EMPTY = """button => {
  const form = button.form;
  if (!form) return [];
  return [...form.elements].map((field, number) => {
    if (!["INPUT", "SELECT", "TEXTAREA"].includes(field.tagName)) return null;
    // Without a name it is no part of what is sent: the search of a list that has just closed.
    if (!field.name || field.disabled || field.readOnly) return null;
    if (["hidden", "submit", "button", "file"].includes(field.type)) return null;
    if (!field.checkVisibility({visibilityProperty: true})) return null;
    const isBox = ["checkbox", "radio"].includes(field.type);
    const isChosen = field.type === "radio"
      ? [...form.elements].some(other => other.name === field.name && other.checked)
      : field.checked;
    if (isBox ? isChosen : field.value) return null;
    const panel = field.closest(".w-panel, .w-field__wrapper, .field");
    const isRequired = field.required || field.getAttribute("aria-required") === "true"
      || Boolean(panel && panel.querySelector(".w-required-mark"));
    field.dataset.field = number;
    const options = [...(field.options || [])].filter(option => !option.disabled);
    return {number, name: field.name, tag: field.tagName, type: field.type, isRequired,
      options: options.map(option => option.value)};
  }).filter(Boolean);
}"""
# Buttons that need something chosen: the first box of each name, and one choice of each list.
CHOOSING = ("translation_request", "translation_request_many", "action=bind")
BOXES = """button => {
  const names = [];
  return [...button.form.elements].filter(field => {
    if (field.type !== "checkbox" || names.includes(field.name)) return false;
    if (!field.checkVisibility()) return false;
    names.push(field.name);
    field.dataset.box = names.length;
    return true;
  }).length;
}"""
# Wagtail's form for a copy begins with the place of the page, where one may have no right to add.
TOLD = "You do not have permission to copy to page"
# Buttons that lay open a choice of files.
UPLOADS = {
    "wagtailimages:add_multiple": "ecca_site/demo/images",
    "wagtaildocs:add_multiple": "ecca_site/demo/documents",
}
ERRORS = """() => [...document.querySelectorAll(
  ".error-message, .messages .error, .messages .critical, #errors, .errorlist, .help-critical")]
  .filter(element => element.checkVisibility())
  .map(element => element.innerText.trim())
  .filter(Boolean)"""


def value_for(name: str, type_: str) -> str | None:
    for pattern, value in BY_NAME:
        if re.search(pattern, name):
            return value
    by_type = {
        "date": "2027-09-09",
        "email": "first-hour@example.org",
        "number": "2",
        "time": "16:40",  # on a day of a conference
        "url": "https://www.example.org",
    }
    return by_type.get(type_, MINIMUM)


def fill_in(page: Page, button: Locator) -> None:
    """Fill in what is required of the button's form, and every empty text that a decision may
    need.
    """
    if button.evaluate("button => Boolean(button.form && button.form.elements.stamp)"):
        page.wait_for_timeout(QUICKEST)
    begin_body(page, button)
    name_copy(page)
    for empty in button.evaluate(EMPTY):
        field = page.locator(f"[data-field='{empty['number']}']").first
        is_comment = empty["tag"] == "TEXTAREA" and empty["name"] in (
            "comment",
            "reason",
            "text",
            "answer",
            "message",
        )
        if not (empty["isRequired"] or is_comment):
            continue
        if empty["tag"] == "SELECT":
            field.select_option(next(value for value in empty["options"] if value))
        elif empty["type"] in ("checkbox", "radio"):
            field.check(force=True)
        elif (value := value_for(empty["name"], empty["type"])) is not None:
            field.fill(value)
            field.blur()  # a calendar that opened for it would cover what is below


def name_copy(page: Page) -> None:
    """Give the copy of a page an address of its own: the field offers that of the page."""
    slug = page.locator("[name=new_slug]")
    if slug.count():
        slug.fill("first-hour-copy")


def begin_body(page: Page, button: Locator) -> None:
    """Put a heading into a body that is empty: what is submitted has one."""
    if not button.evaluate("button => button.form?.elements['body-count']?.value === '0'"):
        return
    stream = page.locator("section.w-panel", has=page.locator("input[name='body-count']")).last
    adding = stream.locator(".c-sf-add-button").first
    if not adding.is_visible():
        return
    adding.click()
    page.locator(".w-combobox__option").first.click()
    page.locator("[name='body-0-value']").fill(MINIMUM)


def choose_firsts(page: Page, button: Locator) -> None:
    """Tick the first box of each name in the button's form, and choose the last of each list."""
    for number in range(button.evaluate(BOXES)):
        page.locator(f"[data-box='{number + 1}']").first.check()
    for choice in button.locator("xpath=ancestor::form//select").all():
        choice.select_option(choice.locator("option").last.get_attribute("value"))


def upload(page: Page, folder: str) -> None:
    """Upload the first file of a folder as if it were dropped, and wait for the answer."""
    file = sorted(path for path in (ROOT / folder).iterdir() if path.is_file())[0]
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator("input[type=file]").first.set_input_files(file)
    page.wait_for_load_state("networkidle")


def refusals(page: Page) -> list[str]:
    """Return what a screen says instead of itself: that somebody may not be there."""
    return page.locator(".messages .error:visible").all_inner_texts()


def errors(page: Page) -> list[str]:
    return page.evaluate(ERRORS)
