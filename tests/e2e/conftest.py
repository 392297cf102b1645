"""The demo, served as `make run` serves it, and the browser that looks at it."""

import email
import email.policy
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from home.demo.accounts import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "sl", "pl", "es", "pt", "hu", "sr")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@dataclass
class Demo:
    """The running demo: its address, one English path for each template with its translations, and its files."""

    address: str
    templates: dict[str, dict[str, str]]
    var: Path
    environment: dict[str, str]

    def manage(self, *arguments):
        """Run a management command, as the clock of the server does."""
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    def paths(self, languages=LANGUAGES):
        return [
            path
            for translations in self.templates.values()
            for language, path in translations.items()
            if language in languages
        ]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read(address):
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            return response.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    port, var = free_port(), tmp_path_factory.mktemp("demo")
    address = f"http://127.0.0.1:{port}"
    environment = {
        **{
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")
        },
        "DJANGO_SETTINGS_MODULE": "ecca_site.settings.dev",
        "ECCA_VAR_DIR": str(var),
        "ECCA_BASE_URL": address,
    }
    subprocess.run(
        [sys.executable, "manage.py", "prepare_demo", "--port", str(port)],
        cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    with (var / "server.log").open("w") as log:
        server = subprocess.Popen(
            [Path(sys.executable).parent / "gunicorn", "ecca_site.wsgi", "--config", "deploy/gunicorn.py",
             "--bind", f"127.0.0.1:{port}"],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            for _try in range(100):
                try:
                    urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
                    break
                except OSError:
                    time.sleep(0.2)
            else:
                pytest.fail((var / "server.log").read_text())
            yield Demo(address, find_templates(address), var, environment)
        finally:
            server.terminate()
            server.wait(20)
        assert "Traceback" not in (var / "server.log").read_text()


def mails_to(demo, address):
    """Return the mails that an address got, oldest first."""
    texts = [path.read_text() for path in sorted((demo.var / "mail").glob("*.log"))]
    parts = [part for text in texts for part in re.split(r"^-{79}\n", text, flags=re.MULTILINE) if part.strip()]
    messages = [email.message_from_string(part, policy=email.policy.default) for part in parts]
    return [message for message in messages if message["To"] == address]


def find_templates(address):
    """Return for each template its pages by language: the first of its kind in the sitemap, and what has no page."""
    tree = ElementTree.fromstring(read(f"{address}/sitemap.xml"))
    found = {}
    for row in tree:
        links = {link.get("hreflang").partition("-")[0]: link.get("href") for link in row if "href" in link.attrib}
        if "en" not in links:
            continue
        html = read(links["en"])
        template = html.partition('<body class="')[2].partition('"')[0]
        found.setdefault(template, {language: url.removeprefix(address) for language, url in links.items()})
    assert len(found) == 8, sorted(found)
    found["search"] = {language: f"/{language}/search/?q=ecca" for language in LANGUAGES}
    found["search without a hit"] = {language: f"/{language}/search/?q=xyzzy" for language in LANGUAGES}
    found["search refused"] = {"en": f"/en/search/?q={'a' * 300}"}
    found["404"] = {language: f"/{language}/nothing-here/" for language in LANGUAGES}
    found["fallback"] = {"hu": "/hu/about/", "sr": "/sr/conferences/circular-economy-global-challenge/"}
    found["fallback of a list"] = {"pt": "/pt/news/", "hu": "/hu/partners/"}
    found["programme"] = {"en": "/en/conferences/circular-economy-global-challenge/"}
    coming = {
        "en": "/en/conferences/building-with-what-we-have/", "sl": "/sl/konference/gradimo-s-tem-kar-imamo/",
    }  # fmt: skip
    number = read(address + coming["en"]).partition("/en/conference/")[2].partition("/")[0]
    refs = [part[:8] for part in read(address + coming["en"]).split('id="session-')[1:]]
    found["coming conference"] = coming
    chosen = f"my-programme/?s={refs[5]}&s={refs[8]}"
    for name, path in (("register", "register/"), ("contribute", "contribute/"), ("my programme", chosen)):
        found[f"{name}, hidden from search engines"] = {
            language: f"/{language}/conference/{number}/{path}" for language in ("en", "sl")
        }
    profile = read(address + "/en/partners/construction-cluster-of-slovenia/")
    number = profile.partition("/en/partner/")[2].partition("/")[0]
    for path in ("apply/", "apply/partner/", f"partner/{number}/contact/"):
        found[f"{path}, hidden from search engines"] = {language: f"/{language}/{path}" for language in ("en", "sl")}
    found["directory of one country"] = {"en": "/en/partners/?country=SI", "sl": "/sl/partnerji/?theme=design"}
    found["directory without a hit"] = {"en": "/en/partners/?q=xyzzy"}
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args():
    system = shutil.which("chromium") or shutil.which("google-chrome")
    return {"args": ["--no-sandbox"], **({"executable_path": system} if system else {})}


@pytest.fixture
def browser_context_args(demo):
    return {"base_url": demo.address, "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def sign_in(demo, browser):
    """Return a function that opens the CMS as one of the demo's accounts, in a browser of its own."""
    contexts = []

    def make(username):
        context = browser.new_context(base_url=demo.address, viewport={"width": 1400, "height": 1000})
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
    if folder := os.environ.get("ECCA_NODE_TOOLS"):
        return Path(folder)
    if not shutil.which("npm") or not shutil.which("java"):
        pytest.skip("npm and java are needed for the Nu HTML Checker and Lighthouse")
    folder = tmp_path_factory.mktemp("tools")
    shutil.copy(Path(__file__).parent / "package.json", folder)
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)
    return folder
