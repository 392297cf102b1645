"""What holds on every template, in every language, light and dark, narrow and wide, by keyboard and
without scripts.
"""

import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.lighthouse import ask_lighthouse

from .conftest import LANGUAGES

MOST_BYTES = 120 * 1024
MOST_REQUESTS = 30  # of a first view, pictures included
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.shifts += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""

# Waits for the fonts and for what they would move.
SETTLED = (
    "document.fonts.ready.then(() => new Promise(done => "
    "setTimeout(() => done(window.shifts), 100)))"
)


@pytest.mark.parametrize(("scheme", "languages"), [("light", LANGUAGES), ("dark", ("en", "hu"))])
def test_axe_finds_nothing(demo, page, scheme, languages):
    """What is dark differs by its colours alone, which no language changes."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for path in demo.paths(languages):
        page.goto(path)
        violations = Axe().run(page).response["violations"]
        if violations:
            found[path] = [
                (v["id"], [node["target"] for node in v["nodes"]][:3]) for v in violations
            ]
    assert not found


def test_nothing_scrolls_sideways(demo, page):
    """640 pixels are what a window of 1280 has at a zoom of 200 %."""
    too_wide = []
    for path in demo.paths():
        page.goto(path)
        for width in (320, 390, 640, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate(WIDE):
                too_wide.append((path, width))
    assert not too_wide


@pytest.mark.parametrize(
    ("width", "fonts_come_late"), [(1280, False), (390, False), (1280, True), (390, True)]
)
def test_nothing_moves_while_a_page_loads(demo, page, width, fonts_come_late):
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    if fonts_come_late:
        page.route("**/*.woff2", lambda route: (time.sleep(0.2), route.continue_()))
    shifts = {}
    for path in demo.paths(("pl",) if fonts_come_late else ("en", "pl")):
        for _try in range(5):  # on a busy machine a page may be painted before all of it has come
            page.goto(path)
            moved = page.evaluate(SETTLED)
            if not moved:
                break
        else:
            shifts[path] = moved
    assert not shifts


def test_no_request_leaves_the_site_and_no_cookie_comes(demo, page, context):
    hosts, problems = set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: problems.append(str(error)))
    for name, translations in demo.templates.items():
        for path in translations.values():
            page.goto(path)
            # The browser itself reports the status of a page that is not there.
            problems = [
                text
                for text in problems
                if "status of 40" not in text or ("404" not in name and "refused" not in name)
            ]
    assert hosts == {urlsplit(demo.address).netloc}
    assert context.cookies() == []
    assert not problems


def test_a_first_view_is_light(demo, browser):
    heavy, many = {}, {}
    for path in demo.paths(("en", "hu")):
        context = browser.new_context(base_url=demo.address)
        page = context.new_page()
        requests = []
        page.on("requestfinished", lambda request, requests=requests: requests.append(request))
        page.goto(path)
        page.evaluate("document.fonts.ready.then(() => true)")
        weight = sum(
            request.sizes()["responseBodySize"] + request.sizes()["responseHeadersSize"]
            for request in requests
            if request.resource_type != "image"
        )
        context.close()
        if weight > MOST_BYTES:
            heavy[path] = weight
        if len(requests) > MOST_REQUESTS:
            many[path] = len(requests)
    assert not heavy
    assert not many


@pytest.mark.needs("Java and npm")
def test_the_html_checker_finds_no_error(demo, page, node_tools, tmp_path):
    for number, path in enumerate(demo.paths()):
        response = page.request.get(path)
        (tmp_path / f"{number}.html").write_text(response.text())
    jar = node_tools / "node_modules/vnu-jar/build/dist/vnu.jar"
    done = subprocess.run(
        ["java", "-jar", jar, "--errors-only", "--format", "json", *tmp_path.glob("*.html")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    messages = json.loads(done.stderr)["messages"]
    paths = demo.paths()
    assert [
        (paths[int(urlsplit(m["url"]).path.rpartition("/")[2].partition(".")[0])], m["message"])
        for m in messages
    ] == []


# Its score of speed depends on the machine: `make bench` prints it; bytes and requests are counted.
WHOLE = ("accessibility", "best-practices", "seo")


@pytest.mark.needs("Java and npm")
def test_lighthouse_finds_every_template_perfect(demo, node_tools):
    not_for_search_engines = ("404", "search", "fallback")
    options = (f"--only-categories={','.join(WHOLE)}", "--throttling-method=provided")
    with ThreadPoolExecutor(2) as pool:  # Lighthouse waits most of the time
        scores = {
            name: pool.submit(ask_lighthouse, node_tools, demo.address + paths["en"], *options)
            for name, paths in demo.templates.items()
            if not any(word in name for word in not_for_search_engines)
        }
    found = {name: score.result() for name, score in scores.items()}
    perfect = dict.fromkeys(WHOLE, 1)
    assert len(found) > 8
    assert {name: score for name, score in found.items() if score != perfect} == {}


LAZY = """
[...document.images].filter((image) => image.loading === 'lazy').map((image) => image.currentSrc)
"""


def test_the_home_page_weighs_little(demo, context):
    """Without a cache: ten requests, 110 KB as they come over the line.

    How many of the pictures further down a browser fetches ahead is its own affair.
    """
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    addresses, weights = {}, {}
    network.on("Network.responseReceived", lambda event: put(addresses, event, "response"))
    network.on("Network.loadingFinished", lambda event: put(weights, event, "encodedDataLength"))
    page.goto(f"{demo.address}/en/", wait_until="networkidle")
    ahead = page.evaluate(LAZY)
    needed = {
        response["url"]: weights[number]
        for number, response in addresses.items()
        if response["url"] not in ahead
    }
    assert 5 < len(needed) <= 10, needed
    assert sum(needed.values()) <= 110_000, needed


def put(found, event, name):
    found[event["requestId"]] = event[name]
