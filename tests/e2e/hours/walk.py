"""A walk through the screens of a role.

What leads there, which buttons they have, and what pressing them answers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import get_language_from_path
from playwright.sync_api import Error, Locator, Page, Response

from . import forms

# Everything that can be pressed and changes something: what posts a form, and the main buttons of
# scripts.
FIND = """asks => {
  const found = [];
  for (const button of document.querySelectorAll("button, input[type=submit]")) {
    if (button.closest("[data-side-panel], #wagtail-sidebar, aside, dialog")) continue;
    if (button.closest("[data-streamblock-menu]") || button.matches(".c-sf-add-button")) continue;
    if (button.matches("[data-streamfield-action], [data-w-dropdown-target=toggle]")) continue;
    const form = button.form;
    const posts = form && button.type === "submit" && (asks || form.method === "post");
    // What stands inside a panel of the editor, choosers above all, belongs to its fields.
    const isOfField = button.closest(".w-panel__content");
    const isMain = button.matches("button.button[type=button]") && !isOfField;
    if (!(posts || isMain) || button.disabled) continue;
    if (!button.checkVisibility({visibilityProperty: true})) continue;
    const action = button.getAttribute("formaction") || (posts && form.getAttribute("action"))
      || (posts ? location.pathname : "");
    const hidden = posts && button.form.querySelector("input[type=hidden][name=action]");
    const label = button.innerText || button.value || button.getAttribute("aria-label") || "";
    button.dataset.firstHour = found.length;
    found.push({
      label: label.trim().replace(/\\s+/g, " "),
      name: button.name, value: button.value,
      action: action.split("?")[0],
      hidden: hidden ? "action=" + hidden.value : "",
      posts: Boolean(posts),
    });
  }
  return found;
}"""
LINKS = """() => [...document.querySelectorAll("a[href]")]
  .filter(link => link.checkVisibility() || link.closest("#wagtail-sidebar"))
  .filter(link => link.origin === location.origin)
  .map(link => link.pathname + link.search)"""
REDIRECTS = (301, 302, 303, 307, 308)
REFUSALS = (403, 404)
TOGGLES = "[data-w-dropdown-target=toggle]:visible"


@dataclass(frozen=True)
class Button:
    """A button of a screen: what it says and does, and the menu that it is in."""

    label: str
    name: str
    value: str
    action: str
    hidden: str
    posts: bool
    toggle: str = ""

    @property
    def key(self) -> str:
        """What does not change with the language of the CMS, where there is such a thing."""
        if self.name:
            return self.name if self.value in ("", self.label) else f"{self.name}={self.value}"
        return self.hidden or view_of(self.action) or self.label


def view_of(path: str) -> str:
    """Return what an address is for: the name of its view, and which kind of thing it is for."""
    try:
        with translation.override(get_language_from_path(path) or "en"):
            match = resolve(path.partition("?")[0])
    except Resolver404:
        return ""
    kinds = [str(value) for value in match.kwargs.values() if not str(value).isdecimal()]
    kinds += [str(value) for value in match.args if not str(value).isdecimal()]
    return " ".join([match.view_name or "", *kinds]).strip()


@dataclass
class Walk:
    """What was seen on the way: pressed buttons by screen, and everything that went wrong."""

    page: Page
    restore: Callable[[], None]
    kind_of: Callable[[str], str]
    wanted: Callable[[str], bool]
    skipped: Callable[[str, str], bool]
    pressed: set[tuple[str, str]] = field(default_factory=set)
    screens: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    at: str = ""
    shots: str = ""
    presses_questions: bool = False  # what only asks: search and filters
    documents: int = 0  # that the browser has begun to show

    def __post_init__(self):
        self.cookies = []
        self.page.on("domcontentloaded", self.count_document)
        self.page.on("response", self.hear)
        self.page.on("pageerror", lambda error: self.fault(f"script: {error}"))
        self.page.on("console", lambda message: self.hear_console(message))
        self.page.on("dialog", lambda dialog: dialog.accept())

    def begin(self, restore: Callable[[], None]) -> None:
        """Go on as whoever is signed in now: after each press they are again."""
        self.restore = restore
        self.cookies = self.page.context.cookies()

    def fault(self, text: str) -> None:
        self.faults.append(f"{self.at}: {text}")

    def count_document(self, page: Page) -> None:
        self.documents += 1

    def hear(self, response: Response) -> None:
        if response.status in REFUSALS or response.status >= 500:
            self.fault(f"{response.status} {response.request.method} {response.url}")

    def hear_console(self, message) -> None:
        is_heard = message.text.startswith("Failed to load resource")  # as a response already
        if message.type == "error" and not is_heard:
            self.fault(f"console: {message.text}")

    # --- Walking ---------------------------------------------------------------------------------
    def go(self, *starts: str) -> None:
        """Walk from these addresses to every kind of screen that is wanted, and press what is
        there.
        """
        waiting = list(starts)
        while waiting:
            path = waiting.pop(0)
            kind = self.kind_of(path)
            if not kind or kind in self.screens or not (path in starts or self.wanted(kind)):
                continue
            self.screens[kind] = path
            waiting += self.visit(kind, path)

    def open(self, path: str) -> bool:
        """Open an address; return whether it is a screen and not a file."""
        try:
            self.page.goto(path)
        except Error as error:
            # A file: the browser keeps it, or shows it by a program of its own.
            if "Download is starting" in str(error) or "ERR_ABORTED" in str(error):
                return False
            raise
        self.page.wait_for_load_state("networkidle")
        return True

    def visit(self, kind: str, path: str) -> list[str]:
        self.at = f"{kind} ({path})"
        if not self.open(path):
            return []
        landed = self.kind_of(urlsplit(self.page.url).path)
        if landed != kind and landed in self.screens:
            return []  # it leads to a screen that is known
        kind = landed or kind
        self.screens[kind] = path
        if self.shots:
            self.page.screenshot(path=f"{self.shots}/{re.sub('[^a-z0-9_]+', '-', kind)}.png")
        for text in forms.refusals(self.page):
            self.fault(f"leads nowhere: {text}")
        links = self.page.evaluate(LINKS)
        buttons = self.buttons()
        for toggle in self.toggles():
            self.open_menu(toggle)
            links += [link for link in self.page.evaluate(LINKS) if link not in links]
            buttons += [
                button for button in self.buttons(toggle) if not self.is_known(button, buttons)
            ]
            self.page.keyboard.press("Escape")
        for button in buttons:
            if (kind, button.key) in self.pressed or self.skipped(kind, button.key):
                continue
            self.press(kind, path, button)
        return links

    @staticmethod
    def is_known(button: Button, buttons: list[Button]) -> bool:
        return any(button.key == other.key for other in buttons)

    def buttons(self, toggle: str = "") -> list[Button]:
        return [
            Button(**found, toggle=toggle)
            for found in self.page.evaluate(FIND, self.presses_questions)
        ]

    def toggles(self) -> list[str]:
        """Return the menus of a screen by their labels, one of each kind.

        Rows of a list have the same.
        """
        kinds: dict[str, str] = {}
        for toggle in self.page.locator(TOGGLES).all():
            label = (toggle.get_attribute("aria-label") or toggle.inner_text()).strip()
            kinds.setdefault(re.sub(r"['‘“„»].*", "", label), label)
        return list(kinds.values())

    def open_menu(self, label: str) -> None:
        for toggle in self.page.locator(TOGGLES).all():
            if (toggle.get_attribute("aria-label") or toggle.inner_text()).strip() == label:
                toggle.click()
                return

    # --- Pressing --------------------------------------------------------------------------------
    def find(self, button: Button) -> Locator | None:
        if button.toggle:
            self.open_menu(button.toggle)
        for number, found in enumerate(self.buttons(button.toggle)):
            if found.key == button.key:
                return self.page.locator(f"[data-first-hour='{number}']")
        return None

    def press(self, kind: str, path: str, button: Button) -> None:
        """Press a button of a screen opened anew, its form filled in, and bring everything back."""
        self.at = f"{kind} ({path}), {button.label or button.key}"
        self.open(path)
        found = self.find(button)
        if found is None:
            self.fault("the button is gone when the screen is opened again")
            return
        forms.fill_in(self.page, found)
        if button.key in forms.CHOOSING:
            forms.choose_firsts(self.page, found)
        if button.toggle and not found.is_visible():
            found = self.find(button)
        try:
            self.click(found, button)
        except Error as error:
            self.fault(f"cannot be pressed: {str(error).splitlines()[0]}")
        if self.shots:
            name = re.sub("[^a-z0-9_]+", "-", f"{kind}--{button.key}".lower())
            self.page.screenshot(path=f"{self.shots}/{name}.png")
        self.pressed.add((kind, button.key))
        if button.key not in forms.UPLOADS:
            for text in forms.errors(self.page):
                if text.startswith(forms.TOLD):
                    continue
                self.fault(f"is refused: {text}")
        self.page.goto("about:blank")
        self.restore()
        self.page.context.clear_cookies()
        self.page.context.add_cookies(self.cookies)

    def click(self, found: Locator, button: Button) -> None:
        if button.key in forms.UPLOADS:
            forms.upload(self.page, forms.UPLOADS[button.key])
            return
        if not button.posts:
            found.click()
            self.page.wait_for_load_state("networkidle")
            return
        # The document that is left is idle already: what is waited for is the one that follows.
        documents = self.documents
        with self.page.expect_event("response", predicate=is_final) as answered:
            found.click()
        is_file = "attachment" in answered.value.headers.get("content-disposition", "")
        if not is_file and self.documents == documents:
            self.page.wait_for_event("domcontentloaded")
        self.page.wait_for_load_state("networkidle")


def is_final(response: Response) -> bool:
    """Tell whether an answer to a navigation is the one where redirects end."""
    return response.request.is_navigation_request() and response.status not in REDIRECTS
