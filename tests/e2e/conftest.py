"""The demo, served as `make run` serves it, and the browser that looks at it."""

import email
import email.policy
import re
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from ecca_site.demo.accounts import PASSWORD
from tests.lighthouse import install_node_tools
from tests.machine import find_browser
from tests.processes import ROOT, free_port, gunicorn_at, running, wait_for_server
from tests.seeded import copy_demo, environment_of, prepare
from tests.sitemap import rows_of

PATIENCE = 300  # seconds: what a slow machine may take for anything
LANGUAGES = ("en", "sl", "pl", "es", "pt", "hu", "sr")


expect.set_options(timeout=PATIENCE * 1000)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.needs("a browser"))
            if not item.get_closest_marker("quick"):
                item.add_marker(pytest.mark.whole)


@dataclass
class Demo:
    """The running demo.

    Its address, one English path for each template with its translations, and its files.
    """

    address: str
    templates: dict[str, dict[str, str]]
    var: Path
    environment: dict[str, str]

    def manage(self, *arguments):
        """Run a management command, as the clock of the server does."""
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)

    def paths(self, languages=LANGUAGES):
        return [
            path
            for translations in self.templates.values()
            for language, path in translations.items()
            if language in languages
        ]


def read(address):
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as response:
            return response.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


@contextmanager
def serve_demo(var):
    """Serve a copy of the seeded demo from this folder; yield what tests need to know of it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = environment_of(var, address)
    copy_demo(var)
    prepare(var, environment, port)  # tells the copy its address
    log = var / "server.log"
    command = gunicorn_at(port)
    with log.open("w") as out, running(command, environment, stdout=out, stderr=out) as server:
        wait_for_server(server, address, log)
        yield Demo(address, find_templates(address), var, environment)
    assert "Traceback" not in log.read_text()


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    with serve_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


def mails_to(demo, address):
    """Return the mails that an address got, oldest first."""
    texts = [path.read_text() for path in sorted((demo.var / "mail").glob("*.log"))]
    parts = [
        part
        for text in texts
        for part in re.split(r"^-{79}\n", text, flags=re.MULTILINE)
        if part.strip()
    ]
    messages = [email.message_from_string(part, policy=email.policy.default) for part in parts]
    return [message for message in messages if message["To"] == address]


def find_templates(address):
    """Return for each template its pages by language.

    The first of its kind in the sitemap, and what has no page.
    """
    found = {}
    for row in rows_of(lambda path: read(urljoin(address, path))):
        links = {
            link.get("hreflang").partition("-")[0]: link.get("href")
            for link in row
            if "href" in link.attrib
        }
        if "en" not in links:
            continue
        html = read(links["en"])
        template = html.partition('<body class="')[2].partition('"')[0]
        found.setdefault(
            template, {language: url.removeprefix(address) for language, url in links.items()}
        )
    assert len(found) == 8, sorted(found)
    found["search"] = {language: f"/{language}/search/?q=ecca" for language in LANGUAGES}
    found["search without a hit"] = {
        language: f"/{language}/search/?q=xyzzy" for language in LANGUAGES
    }
    found["search refused"] = {"en": f"/en/search/?q={'a' * 300}"}
    found["404"] = {language: f"/{language}/nothing-here/" for language in LANGUAGES}
    found["fallback"] = {
        "hu": "/hu/about/",
        "sr": "/sr/conferences/circular-economy-global-challenge/",
    }
    found["fallback of a list"] = {"pt": "/pt/news/", "hu": "/hu/partners/"}
    found["programme"] = {"en": "/en/conferences/circular-economy-global-challenge/"}
    coming = {
        "en": "/en/conferences/building-with-what-we-have/",
        "sl": "/sl/konference/gradimo-s-tem-kar-imamo/",
    }  # fmt: skip
    number = read(address + coming["en"]).partition("/en/conference/")[2].partition("/")[0]
    refs = [part[:8] for part in read(address + coming["en"]).split('id="session-')[1:]]
    found["coming conference"] = coming
    chosen = f"my-programme/?s={refs[5]}&s={refs[8]}"
    for name, path in (
        ("register", "register/"),
        ("contribute", "contribute/"),
        ("my programme", chosen),
    ):
        found[f"{name}, hidden from search engines"] = {
            language: f"/{language}/conference/{number}/{path}" for language in ("en", "sl")
        }
    profile = read(address + "/en/partners/construction-cluster-of-slovenia/")
    number = profile.partition("/en/partner/")[2].partition("/")[0]
    for path in ("apply/", "apply/partner/", f"partner/{number}/contact/"):
        found[f"{path}, hidden from search engines"] = {
            language: f"/{language}/{path}" for language in ("en", "sl")
        }
    found["directory of one country"] = {
        "en": "/en/partners/?country=SI",
        "sl": "/sl/partnerji/?theme=design",
    }
    found["directory without a hit"] = {"en": "/en/partners/?q=xyzzy"}
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"args": ["--no-sandbox"], "executable_path": find_browser()}


@pytest.fixture
def browser_context_args(demo):
    return {"base_url": demo.address, "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def context(context):
    context.set_default_timeout(PATIENCE * 1000)
    return context


@pytest.fixture
def sign_in(demo, browser):
    """Return a function that opens the CMS as one of the demo's accounts, in a browser of its
    own.
    """
    contexts = []

    def make(username):
        context = browser.new_context(
            base_url=demo.address, viewport={"width": 1400, "height": 1000}
        )
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/cms/login/")
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("form button[type=submit]").first.click()
        expect(page.locator("h1")).to_contain_text("ECCA")
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def node_tools(tmp_path_factory):
    """The folder of the Nu HTML Checker and Lighthouse, at pinned versions."""
    return install_node_tools(tmp_path_factory.mktemp("tools"))
