"""A conference in the visitor's own time, without scripts, narrow and on paper."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from .test_translation import open_page

MOST_ELEMENTS = 60_000  # of the editor of 60 sessions, most of them of Wagtail's own pickers
CONFERENCE = "/en/conferences/building-with-what-we-have/"


@pytest.fixture
def visit(demo, browser):
    """Return a function that opens a page in a browser of a time zone, with or without scripts."""
    contexts = []

    def open_page(
        path=CONFERENCE, zone="Europe/Ljubljana", scripts=True, width=1280, at=None, **options
    ):
        context = browser.new_context(
            base_url=demo.address, timezone_id=zone, java_script_enabled=scripts,
            viewport={"width": width, "height": 900}, **options,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        if at:
            page.clock.set_fixed_time(at)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def session(page, title):
    return page.locator(".session", has=page.get_by_role("heading", name=title, exact=True))


def test_at_the_conference_there_is_one_time(visit):
    page = visit()
    welcome = session(page, "Welcome")
    expect(welcome.locator(".when time").first).to_have_text("09:30")
    expect(welcome.locator(".local-time")).to_be_hidden()
    expect(page.locator("#programme > .meta")).to_contain_text("Central European Summer Time")


@pytest.mark.parametrize(
    ("zone", "welcome", "dinner"),
    [
        ("Asia/Tokyo", "Your time: 16:30–16:45", "Your time: Fri 11 Jun, 02:00–05:00"),
        ("America/New_York", "Your time: 03:30–03:45", "Your time: 13:00–16:00"),
        ("Pacific/Honolulu", "Your time: Wed 9 Jun, 21:30–21:45", "Your time: 07:00–10:00"),
        ("Asia/Kolkata", "Your time: 13:00–13:15", "Your time: 22:30–01:30"),
    ],
)
def test_elsewhere_the_visitors_time_stands_second_with_its_day_where_that_differs(
    visit, zone, welcome, dinner
):
    page = visit(zone=zone)
    expect(session(page, "Welcome").locator(".when time").first).to_have_text("09:30")
    for title, text in (("Welcome", welcome), ("Dinner together", dinner)):
        line = session(page, title).locator(".local-time")
        expect(line).to_be_visible()
        assert line.inner_text().replace(",", "") == text.replace(",", "")


def test_daylight_saving_counts_on_the_day_of_the_session_not_today(visit):
    """In January New York is six hours behind Ljubljana.

    The clock of the visitor stands in July.
    """
    page = visit(
        "/en/conferences/circular-economy-global-challenge/",
        zone="America/New_York",
        at="2031-07-01T12:00:00Z",
    )
    first = session(page, "Welcome").locator(".local-time")
    expect(first).to_have_text("Your time: 03:30–04:00")


def test_without_scripts_the_conferences_time_stands_with_its_zone(visit):
    page = visit(zone="Asia/Tokyo", scripts=False)
    expect(session(page, "Welcome").locator(".when time").first).to_have_text("09:30")
    expect(page.locator(".local-time:visible")).to_have_count(0)
    expect(page.locator("#programme > .meta")).to_contain_text(
        "Central European Summer Time, GMT+02:00"
    )
    expect(page.locator(".session .tag:visible")).to_have_count(0)


def test_now_and_next_are_marked_on_the_day(visit):
    page = visit(at="2027-06-10T09:05:00Z")  # 11:05 at the conference
    expect(page.locator(".session:has(.now:visible) h4")).to_have_text(
        [
            "Reading a building before it is opened",
            "Drawing with what is there",
            "Taking apart, hands on",
        ]
    )
    expect(page.locator(".session:has(.next:visible)")).to_have_count(3)
    assert visit(at="2027-05-01T09:05:00Z").locator(".session .tag:visible").count() == 0


def test_the_programme_is_filtered_without_scripts(visit):
    page = visit(scripts=False)
    expect(page.locator(".session")).to_have_count(60)
    page.get_by_label("Track").select_option("Design")
    page.get_by_label("Kind").select_option("workshop")
    page.get_by_role("button", name="Filter").click()
    expect(page).to_have_url(re.compile(r"\?track=Design&language=&kind=workshop#programme$"))
    expect(page.locator(".session h4")).to_have_text(
        ["Model making with waste", "Review of the drawings"]
    )


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_timetable_where_there_is_room_and_a_list_where_there_is_not(visit, width):
    page = visit(width=width)
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    boxes = [
        session(page, title).bounding_box()
        for title in ("Floors without glue", "How strong is old timber?")
    ]
    assert (boxes[0]["y"] == boxes[1]["y"]) == (width == 1280)
    expect(page.get_by_role("heading", level=3, name="Thursday, 10 June 2027")).to_be_visible()


def test_my_programme_is_an_address_and_no_cookie(visit):
    page = visit(scripts=False)
    for title in ("Floors without glue", "A passport for every beam"):
        page.get_by_label(f"My programme: {title}").check()
    page.get_by_role("button", name="Show my programme").click()
    expect(page.locator(".session h3")).to_have_text(
        ["A passport for every beam", "Floors without glue"]
    )
    assert page.context.cookies() == []
    subscribe = page.get_by_role("link", name="Subscribe").get_attribute("href")
    assert subscribe.startswith("webcal://")
    parts = urlsplit(subscribe)
    calendar = page.request.get(f"{parts.path}?{parts.query}").text()
    assert calendar.count("BEGIN:VEVENT") == 2


def test_each_day_is_one_sheet_of_paper(visit, tmp_path):
    page = visit()
    page.emulate_media(media="print")
    content = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)", content)
    landscape = [size for size in sizes if float(size[0]) > float(size[1])]
    assert len(landscape) == 2


def test_a_visitor_registers_in_slovenian_without_scripts(visit):
    page = visit("/sl/konference/gradimo-s-tem-kar-imamo/", scripts=False)
    page.locator(".stage a").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "sl")
    page.locator("[name=name]").fill("Obiskovalka")
    page.locator("[name=email]").fill("obiskovalka@example.org")
    page.locator("[name=consent]").check()
    page.wait_for_timeout(3100)
    page.locator("main form.form button").click()
    expect(page).to_have_url(re.compile(r"/sl/conference/\d+/registered/$"))
    assert page.context.cookies() == []


def test_sixty_sessions_are_edited_on_one_screen_and_a_clash_stands_beside_its_session(
    demo, sign_in
):
    manager = sign_in("conferences")
    open_page(manager, "Building with what we have")
    assert manager.evaluate("document.querySelectorAll('*').length") <= MOST_ELEMENTS
    manager.get_by_role("tab", name="Programme").click()
    starts = manager.locator("[name^=programme][name$=-start]")
    expect(starts).to_have_count(60)

    def start_of(title):
        """Open one session, of which only time, room and title show, and return its field for the
        time.
        """
        row = manager.locator("section", has=manager.locator("h2, h3", has_text=title)).last
        if not (field := row.locator("[name$=-start]")).is_visible():
            row.locator("[data-panel-toggle]").first.click()
        return field

    start_of("Joints that open again").fill("11:10")
    manager.locator("footer [data-w-dropdown-target=toggle]").last.click()
    manager.locator("footer [name=action-submit]").click()
    expect(manager.locator(".messages")).to_contain_text("could not be")
    manager.get_by_text("Go to the first error").click()
    clash = manager.get_by_text(
        "At that time “Drawing with what is there” (11:00) is in this room."
    )
    expect(clash).to_be_visible()
    start_of("Joints that open again").fill("11:35")
    manager.get_by_role("button", name="Save draft").click()
    expect(manager.locator(".messages")).to_contain_text("has been updated")
    expect(clash).to_have_count(0)
    manager.get_by_role("tab", name="Programme").click()
    expect(start_of("Joints that open again")).to_have_value("11:35")
