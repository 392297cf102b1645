"""What holds on every template, in every language, light and dark, narrow and wide, by keyboard and without scripts."""

import json
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import LANGUAGES

MOST_BYTES = 120 * 1024
# Lighthouse slows the processor down to that of a telephone: four times, where its own benchmark of the machine says
# 1,500 or more, and less on slower ones (docs/throttling.md of Lighthouse, "Calibrating the CPU slowdown").
SLOWDOWN, FAST = 4, 1500
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.shifts += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""

# Waits for the fonts and for what they would move.
SETTLED = "document.fonts.ready.then(() => new Promise(done => setTimeout(() => done(window.shifts), 100)))"


@pytest.mark.parametrize(("scheme", "languages"), [("light", LANGUAGES), ("dark", ("en", "hu"))])
def test_axe_finds_nothing(demo, page, scheme, languages):
    """What is dark differs by its colours alone, which no language changes."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for path in demo.paths(languages):
        page.goto(path)
        violations = Axe().run(page).response["violations"]
        if violations:
            found[path] = [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in violations]
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


@pytest.mark.parametrize(("width", "fonts_come_late"), [(1280, False), (390, False), (1280, True), (390, True)])
def test_nothing_moves_while_a_page_loads(demo, page, width, fonts_come_late):
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    if fonts_come_late:
        page.route("**/*.woff2", lambda route: (time.sleep(0.2), route.continue_()))
    shifts = {}
    for path in demo.paths(("pl",) if fonts_come_late else ("en", "pl")):
        for _try in range(3):  # on a busy machine a page may be painted before all of it has come
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
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    for name, translations in demo.templates.items():
        for path in translations.values():
            page.goto(path)
            # The browser itself reports the status of a page that is not there.
            problems = [
                text for text in problems if "status of 40" not in text or ("404" not in name and "refused" not in name)
            ]
    assert hosts == {urlsplit(demo.address).netloc}
    assert context.cookies() == []
    assert not problems


def test_a_first_view_is_light(demo, browser):
    heavy = {}
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
    assert not heavy


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
        (paths[int(urlsplit(m["url"]).path.rpartition("/")[2].partition(".")[0])], m["message"]) for m in messages
    ] == []


# What Lighthouse calls whole, and the templates whose speed it measures, one after the other on a quiet machine.
WHOLE = ("accessibility", "best-practices", "seo")
MEASURED = ("home", "content", "news-index", "news", "partner-index", "partner", "conference-index", "conference")


@pytest.mark.parametrize("template", MEASURED)
def test_lighthouse_finds_a_page_perfect_and_fast(demo, lighthouse, template):
    slowdown, scores, whole = SLOWDOWN, [], {}
    path = demo.templates[f"template-{template}-page"]["en"]
    for _try in range(4):  # a busy machine lowers the score of speed, nothing raises it
        report = lighthouse(path, ["performance", *(() if whole else WHOLE)], slowdown)
        found = scores_of(report)
        scores.append(found.pop("performance", 0))
        whole = whole or found
        if scores[-1] >= 0.95:
            break
        if report:
            slowdown = max(1, min(SLOWDOWN, SLOWDOWN * report["environment"]["benchmarkIndex"] / FAST))
    assert whole == dict.fromkeys(WHOLE, 1)
    assert max(scores) >= 0.95, scores


def test_lighthouse_finds_every_other_template_perfect(demo, lighthouse):
    not_for_search_engines = ("404", "search", "fallback")
    left_out = (*not_for_search_engines, *(f"template-{name}-page" for name in MEASURED))
    with ThreadPoolExecutor(2) as pool:  # Lighthouse waits most of the time
        reports = {
            name: pool.submit(lighthouse, translations["en"], WHOLE)
            for name, translations in demo.templates.items()
            if not any(word in name for word in left_out)
        }
    found = {name: scores_of(report.result()) for name, report in reports.items()}
    assert found
    assert {name: scores for name, scores in found.items() if scores != dict.fromkeys(WHOLE, 1)} == {}


def scores_of(report):
    return {name: category["score"] for name, category in report.get("categories", {}).items()}


@pytest.fixture
def lighthouse(demo, node_tools, browser_type_launch_args, tmp_path):
    """Return a function that returns Lighthouse's report, or {} when Chromium did not start, as it may when starved."""

    def look(path, categories, slowdown=SLOWDOWN):
        file = tmp_path / f"{abs(hash(path))}.json"
        command = [
            node_tools / "node_modules/.bin/lighthouse", demo.address + path, "--quiet", "--output=json",
            f"--output-path={file}", f"--only-categories={','.join(categories)}", "--disable-full-page-screenshot",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage",
            f"--throttling.cpuSlowdownMultiplier={slowdown:.2f}",
        ]  # fmt: skip
        environment = {**os.environ}
        if chromium := browser_type_launch_args.get("executable_path"):
            environment["CHROME_PATH"] = chromium
        for _try in range(3):
            run = subprocess.run(command, env=environment, capture_output=True, text=True)
            if run.returncode == 0:
                return json.loads(file.read_text())
            print(run.stderr[-2000:])
        return {}

    return look
