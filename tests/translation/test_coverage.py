"""The coverage board says what the database says, to whom it concerns, at a fixed price."""

import csv
import io
import json
import random
import re
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, TaskState
from wagtail.permissions import policy_registry

from ecca_site.access import roles
from ecca_site.access.site_setup import setup_site
from ecca_site.translation.models import TranslationState
from ecca_site.translation.submission.requests import locales_for, request_translation
from ecca_site.translation.submission.submit import page_of, submit
from tests import factories
from tests.left_out import SEED
from tests.many import copy_many
from tests.translation.conftest import change, fill, publish_translation

BOARD = "/cms/translations/"
STEPS = [
    "add",
    "add",
    "request",
    "request",
    "publish",
    "submit",
    "change",
    "take",
    "alias",
    "delete",
]
CODES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def admin(admin_client):
    return admin_client


def locale(code):
    return Locale.objects.get(language_code=code)


def rows(response):
    """Return ``{title: {code: state}}`` of what a board shows."""
    found = {}
    for row in response.context["object_list"]:
        states = {code: cell.state.value for code, cell in row.cells.items()}
        found[row.page.get_admin_display_title()] = states
    return found


def totals(response):
    """Return ``{code: {state: number}}`` of what stands above the rows."""
    found = {}
    for state, counts in response.context["summary"]["states"]:
        for code, number in counts:
            found.setdefault(code, {})[state.value] = number
    return found


# --- States --------------------------------------------------------------------------------------
def test_every_state_has_its_cell(item, news, admin, admin_user):
    submitted = factories.add_news(news, title="Submitted")
    translation = request_translation(submitted, locale("sl"))
    fill(translation)
    submit(translation, admin_user)
    draft = factories.add_news(news, title="Draft")
    request_translation(draft, locale("sl"))
    stale = factories.add_news(news, title="Stale")
    publish_translation(stale, "sl")
    change(stale, summary="All is different.")
    orphaned = factories.add_news(news, title="Orphaned")
    page = publish_translation(orphaned, "sl")
    orphaned.unpublish()
    Page.objects.filter(pk=page.pk).update(live=True)
    TranslationState.objects.filter(page=page).update(orphaned_since=timezone.now())
    live = factories.add_news(news, title="Live")
    publish_translation(live, "sl")
    alias = factories.add_news(news, title="Alias")
    alias.create_alias(
        parent=news.get_translation(locale("sl")),
        update_locale=locale("sl"),
        reset_translation_key=False,
    )
    shown = {title: states["sl"] for title, states in rows(admin.get(BOARD)).items()}
    assert shown == {
        "ECCA": "live", "News": "live", "Old bricks": "missing", "Submitted": "review",
        "Draft": "draft",
        "Stale": "stale", "Orphaned": "orphaned", "Live": "live", "Alias": "alias",
    }  # fmt: skip


def test_what_was_written_in_another_language_is_a_row_of_its_own(item, news, admin):
    index = news.get_translation(locale("sl")).specific
    factories.add_news(index, title="Samo tu")
    response = admin.get(BOARD)
    assert rows(response)["Samo tu"] == {**dict.fromkeys(CODES, "missing"), "sl": "live"}
    assert response.context["summary"]["number"] == len(rows(response)) == 4


def test_a_stale_cell_says_for_how_long_and_how_much(item, admin):
    page = publish_translation(item, "sl")
    change(item, summary="All is different now.")
    moment = timezone.now() - timezone.timedelta(12)
    TranslationState.objects.filter(page=page).update(stale_since=moment)
    html = admin.get(BOARD).content.decode()
    assert "12 days, 4 words" in html


def brute_force():
    """The same numbers, page by page."""
    reviewed = {
        int(state.workflow_state.object_id)
        for state in TaskState.objects.filter(status="in_progress").select_related("workflow_state")
        if state.workflow_state.status == "in_progress"
    }
    keys = set(Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True))
    counted = {code: Counter() for code in CODES}
    for code in CODES:
        for key in keys:
            page = Page.objects.filter(translation_key=key, locale__language_code=code).first()
            counted[code][one_state(page, reviewed)] += 1
    return counted


def one_state(page, reviewed):
    if page is None:
        return "missing"
    if page.alias_of_id:
        return "alias"
    state = TranslationState.objects.filter(page=page).first()
    if state and state.orphaned_since and (page.live or state.source is None):
        return "orphaned"
    if page.pk in reviewed:
        return "review"
    if not page.live:
        return "draft"
    return "stale" if state and state.stale_since else "live"


def random_history(chance, news, user, steps):
    """Do at random what people do; what is refused changes nothing."""
    from ecca_site.moderation.models import ReviewRefused

    sources = [news]
    for number in range(steps):
        source = Page.objects.filter(pk=chance.choice(sources).pk).specific().first()
        code = chance.choice(CODES[1:])
        target = source and source.get_translations().filter(locale=locale(code)).first()
        step = chance.choice(STEPS)
        if step == "add":
            sources.append(factories.add_news(news, title=f"News {number}"))
        elif source is None or source == news:
            continue
        elif step == "request" and source.live:
            request_translation(source, locale(code), user)
        elif step == "publish" and (target is None or not target.alias_of_id):
            request_translation(source, locale(code), user)
            publish_translation(source, code)
        elif step == "submit" and target and not target.alias_of_id:
            translation = request_translation(source, locale(code), user)
            fill(translation)
            try:
                submit(translation, user)
            except ReviewRefused:
                assert page_of(translation).current_workflow_state
        elif step == "change" and source.live:
            change(source, summary=f"Summary {number}", minor=chance.random() < 0.3)
        elif step == "take":
            chance.choice(
                [page for page in (source, target and target.specific) if page]
            ).unpublish()
        elif step == "alias" and target is None:
            parent = news.get_translations().filter(locale=locale(code)).first()
            if parent:
                source.create_alias(
                    parent=parent, update_locale=locale(code), reset_translation_key=False
                )
        elif step == "delete":
            chance.choice([page for page in (source, target and target.specific) if page]).delete()


@pytest.mark.parametrize("number", range(3))
@pytest.mark.whole
def test_the_totals_are_what_the_database_says_after_any_history(
    news, admin, admin_user, number, capsys
):
    with capsys.disabled():
        print(f"\nhistory {number} of seed {SEED} (ECCA_TEST_SEED repeats it)")
    random_history(random.Random(SEED + number), news, admin_user, 40)
    response = admin.get(BOARD)
    wanted = brute_force()
    assert {code: +Counter(states) for code, states in totals(response).items()} == wanted
    by_cell = {code: Counter(states[code] for states in all_cells(admin)) for code in CODES}
    assert by_cell == wanted


def all_cells(admin):
    data = json.loads(admin.get(f"{BOARD}?export=json").content)
    return [
        {code: cell["state"] for code, cell in row["languages"].items()} for row in data["pages"]
    ]


# --- Filters -------------------------------------------------------------------------------------
def build_some(item):
    publish_translation(item, "sl")
    request_translation(item, locale("pl"))
    factories.add_content(factories.home_of(), title="About us")
    index = factories.add_partner_index(factories.home_of())
    factories.add_partner(index, title="Stone")
    return item


@pytest.fixture(scope="module")
def kept_some(kept_item, keep):
    return keep(lambda: build_some(kept_item()))


@pytest.fixture
def some(kept_some, item):
    return kept_some()


@pytest.mark.parametrize(("query", "titles"), [
    ("?language=sl&state=live", ["ECCA", "News", "Old bricks"]),
    ("?language=pl&state=draft", ["Old bricks"]),
    ("?language=sl&state=draft", []),
    ("?state=draft", ["Old bricks"]),
    ("?language=hu&state=missing", ["ECCA", "News", "Old bricks", "About us", "Partners", "Stone"]),
    ("?language=sl&state=missing", ["About us", "Partners", "Stone"]),
    ("?q=brick", ["Old bricks"]),
    ("?state=nonsense", ["ECCA", "News", "Old bricks", "About us", "Partners", "Stone"]),
    ("?language=xx&section=abc&p=99",
        ["ECCA", "News", "Old bricks", "About us", "Partners", "Stone"]),
])  # fmt: skip
def test_rows_are_filtered(some, admin, query, titles):
    assert list(rows(admin.get(BOARD + query))) == titles


def test_one_section_with_its_totals(some, news, admin):
    factories.add_news(news.get_translation(locale("sl")).specific, title="Samo tu")
    response = admin.get(f"{BOARD}?section={news.pk}")
    assert list(rows(response)) == ["News", "Old bricks", "Samo tu"]
    assert totals(response)["sl"] == {**dict.fromkeys(totals(response)["sl"], 0), "live": 3}


def test_one_language_is_one_column(some, admin):
    response = admin.get(f"{BOARD}?language=hu")
    assert {tuple(states) for states in rows(response).values()} == {("hu",)}
    assert totals(response).keys() == {"hu"}


def test_a_translator_finds_the_own_languages_marked_and_alone(some, client, person):
    client.force_login(
        person("ana", roles.TRANSLATOR.group_name("sl"), roles.REVIEWER.group_name("pl"))
    )
    html = client.get(BOARD).content.decode()
    head = html.partition('<table class="listing coverage"')[2].partition("</thead>")[0]
    assert re.findall(r'<th scope="col" class="coverage-mine"><span lang="(\w+)">', head) == [
        "sl",
        "pl",
    ]
    mine = client.get(f"{BOARD}?mine=1")
    assert {tuple(states) for states in rows(mine).values()} == {("sl", "pl")}


def test_an_editor_finds_the_own_pages(some, news, client, person):
    editor = person("editor", roles.EDITOR.name)
    page = factories.add_news(news, title="My news")
    page.save_revision(user=editor)
    client.force_login(editor)
    assert list(rows(client.get(f"{BOARD}?mine=1"))) == ["My news"]


# --- Ways on -------------------------------------------------------------------------------------
def links_of(client, title, code):
    """The addresses in one cell of the board."""
    html = client.get(f"{BOARD}?language={code}&q={title.replace(' ', '+')}").content.decode()
    cell = html.partition('<td class="coverage-cell')[2].partition("</td>")[0]
    return re.findall(r'<a (?:class="coverage-open" )?href="([^"]+)"', cell)


def test_from_a_cell_to_what_there_is_to_do(some, item, client, person, admin_user):
    slovenian = item.get_translation(locale("sl"))
    ana = person("ana", roles.TRANSLATOR.group_name("sl"))
    rita = person("rita", roles.REVIEWER.group_name("sl"))
    client.force_login(ana)
    assert links_of(client, "Old bricks", "sl") == [
        f"/cms/pages/{slovenian.pk}/edit/",
        slovenian.get_url(),
    ]
    assert links_of(client, "Old bricks", "pl") == []
    about = Page.objects.get(title="About us")
    assert links_of(client, "About us", "sl") == [f"/cms/translations/pages/{about.pk}/"]
    assert links_of(client, "About us", "pl") == []
    change(item, summary="All is different.")
    translation = request_translation(item, locale("sl"))
    fill(translation)
    submit(translation, ana)
    state = TaskState.objects.get(status="in_progress")
    client.force_login(rita)
    assert links_of(client, "Old bricks", "sl") == [
        f"/cms/moderation/{state.pk}/",
        slovenian.get_url(),
    ]
    assert client.get(f"/cms/moderation/{state.pk}/").status_code == 200


@pytest.mark.parametrize(
    "group", [roles.EDITOR.name, roles.CONFERENCE_MANAGER.name, roles.TRANSLATOR.group_name("sl")]
)
def test_a_page_is_offered_in_the_languages_that_one_may_ask_for(item, site, client, person, group):
    conferences = factories.add_conference_index(site)
    factories.translated(conferences, "sl", title="Konference")
    conference = factories.add_conference(conferences, title="Building")
    setup_site()
    somebody = person("somebody", group)
    client.force_login(somebody)
    offered = {row.page.pk: row.requestable for row in client.get(BOARD).context["object_list"]}
    assert offered.keys() >= {site.pk, item.pk, conferences.pk, conference.pk}
    for page in Page.objects.filter(pk__in=offered):
        assert offered[page.pk] == locales_for(somebody, page).keys(), page.title


def test_many_pages_are_asked_for_at_once(some, site, client, person):
    ana = person("ana", roles.TRANSLATOR.group_name("sl"))
    client.force_login(ana)
    html = client.get(BOARD).content.decode()
    chosen = re.findall(r'name="page" value="(\d+)" form="coverage-request"', html)
    assert len(chosen) == 6
    form = html.partition('id="coverage-request"')[2].partition("</form>")[0]
    assert re.findall(r'name="locale" value="([\w-]+)"( checked)?', form) == [("sl", " checked")]
    address = re.search(r'action="([^"]+)"', form)[1]
    response = client.post(address, {"page": chosen, "locale": ["sl"], "next": BOARD})
    assert response["Location"] == BOARD
    assert {states["sl"] for states in rows(client.get(BOARD)).values()} == {"live", "draft"}
    assert not Page.objects.filter(locale=locale("sl"), live=True, title="About us").exists()


# --- Who -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("group", "status"), [
    (roles.EDITOR.name, 200), (roles.CONFERENCE_MANAGER.name, 200),
    (roles.TRANSLATOR.group_name("sl"), 200),
    (roles.REVIEWER.group_name("sl"), 200), (roles.PARTNER_MODERATOR.name, 302),
    (roles.ADMINISTRATOR.name, 200),
    ("Partner organisation: Stone", 302),
])  # fmt: skip
def test_who_finds_the_board(some, site, client, person, group, status):
    factories.add_conference_index(site)
    setup_site()
    client.force_login(person("somebody", group))
    assert client.get(BOARD).status_code == status
    assert client.get(f"{BOARD}?export=json").status_code == status
    menu = client.get("/cms/guide/").content.decode()
    assert ("/cms/translations/" in menu) == (status == 200)


def test_it_takes_the_place_of_localizes_own_report(some, admin):
    assert "/cms/localize/reports/translations/" not in admin.get("/cms/guide/").content.decode()


def test_visitors_do_not_see_it(some, client):
    assert client.get(BOARD)["Location"].startswith("/cms/login/")


# --- Exports -------------------------------------------------------------------------------------
def test_the_spreadsheet_has_every_page_and_no_formula(some, news, admin):
    factories.add_news(news, title="=HYPERLINK(1)")
    response = admin.get(f"{BOARD}?export=csv")
    table = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert table[0] == [
        "Page",
        "Number of the page",
        "Type",
        *(name for _code, name in settings.LANGUAGES),
    ]
    assert len(table) == 8
    assert [row[3:] for row in table if row[0] == "'=HYPERLINK(1)"] == [
        ["live", *["not asked for"] * 6]
    ]


def test_json_has_pages_and_totals(some, item, admin):
    data = json.loads(admin.get(f"{BOARD}?export=json&language=sl&state=live").content)
    assert [row["title"] for row in data["pages"]] == ["ECCA", "News", "Old bricks"]
    cell = data["pages"][2]["languages"]["sl"]
    assert cell == {
        "state": "live", "page": item.get_translation(locale("sl")).pk, "is_public": True,
        "since": None,
        "stale_words": 0,
    }  # fmt: skip
    assert data["totals"]["sl"]["pages"]["live"] == 3
    assert data["totals"]["sl"]["texts"]["Interface texts"][0] > 300


# --- Texts beside the pages ----------------------------------------------------------------------
def texts(response):
    return {
        str(texts.label): dict(counts) for texts, counts in response.context["summary"]["texts"]
    }


def test_menu_footer_and_funding_are_counted_as_they_are_live(site, admin):
    site.footer_text, site.funding_disclaimer = "Footer", "Disclaimer"
    site.save_revision().publish()
    about = factories.add_content(site, title="About", show_in_menus=True)
    factories.add_content(site, title="Hidden")
    home = factories.home_of("es")
    home.footer_text = ""
    home.save_revision().publish()
    factories.translated(about, "es")
    found = texts(admin.get(BOARD))
    assert (found["Menu"]["en"], found["Menu"]["es"], found["Menu"]["pl"]) == (1, 1, 0)
    assert (found["Footer"]["en"], found["Footer"]["es"]) == (1, 0)
    assert (found["EU funding"]["en"], found["EU funding"]["es"], found["EU funding"]["hu"]) == (
        2,
        2,
        0,
    )


def test_alternative_texts_speakers_and_interface(news, admin):
    from conferences.models import Speaker

    page = factories.add_news(news, lead_image=factories.make_image(), lead_image_alt="A wall")
    picture = {"image": factories.make_image().pk, "alt_text": "A door", "decorative": False}
    block = {"type": "image", "value": {"image": picture, "caption": "Door"}}
    page.body = page._meta.get_field("body").stream_block.to_python([block])
    page.save_revision().publish()
    publish_translation(page, "sl")
    request_translation(page, locale("pl"))
    Speaker.objects.create(name="Ana", locale=locale("en"))
    Speaker.objects.create(name="Eva", locale=locale("en")).copy_for_translation(
        locale("sl")
    ).save()
    found = texts(admin.get(BOARD))
    alternatives = found["Alternative texts, on pages asked for"]
    assert (alternatives["en"], alternatives["sl"], alternatives["pl"]) == (2, 2, 0)
    assert (found["Speakers"]["en"], found["Speakers"]["sl"], found["Speakers"]["pl"]) == (2, 1, 0)
    assert found["Interface texts"]["en"] >= found["Interface texts"]["sl"] > 300


def test_documents_are_counted_where_a_language_has_its_own(news, admin):
    from django.core.files.base import ContentFile

    from ecca_site.uploads.models import CustomDocument

    english, slovenian = (
        CustomDocument.objects.create(
            title=title, file=ContentFile(b"%PDF-1.7", name=f"{title}.pdf")
        )
        for title in ("english", "slovenian")
    )
    documents = [{"type": "item", "value": {"title": "Plan", "document": english.pk}, "id": "b2"}]
    body = [{"type": "documents", "value": {"title": "Files", "documents": documents}, "id": "b1"}]
    page = factories.add_news(news, body=news.subpage_types and json.dumps(body))
    same = publish_translation(page, "pl")
    own = factories.translated(
        page, "sl", body=json.dumps(body).replace(f": {english.pk}", f": {slovenian.pk}")
    )
    assert same.live
    assert own.live
    found = texts(admin.get(BOARD))["Documents in the language itself"]
    assert (found["en"], found["sl"], found["pl"]) == (1, 1, 0)


# --- Price ---------------------------------------------------------------------------------------
def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "query", ["", "?language=sl&state=stale", "?mine=1", "?section={news}&state=missing"]
)
@pytest.mark.whole
def test_the_board_costs_at_most_thirteen_queries_whatever_it_shows(
    some, news, client, person, query
):
    client.force_login(person("ana", roles.TRANSLATOR.group_name("sl")))
    address = BOARD + query.format(news=news.pk)
    empty = cost(client, "/cms/guide/")  # what every page of the CMS costs
    before = cost(client, address)
    assert before - empty <= 13
    page = factories.add_news(news)
    copy_many(page, 20)
    page.copy_for_translation(locale("sl"))
    copy_many(page.get_translation(locale("sl")), 40, copy_many(page, 40))
    assert cost(client, address) == before


# --- The CMS home --------------------------------------------------------------------------------
def panel(client):
    """Return the rows of numbers and the titles that the panel on the CMS home shows, None where it
    is not shown.
    """
    html = client.get("/cms/").content.decode()
    if 'id="to-translate' not in html:
        return None
    part = html.partition('id="to-translate')[2].partition("</section>")[0]
    found = re.findall(r'lang="([\w-]+)">[^<]+</th>(.*?)</tr>', part, flags=re.S)
    numbers = {
        code: [int(number) for number in re.findall(r"<td>(?:<a [^>]+>)?(\d+)", cells)]
        for code, cells in found
    }
    return numbers, re.findall(r'<td class="title"><a href="[^"]+">([^<]+)', part)


def test_translators_find_on_the_home_page_what_there_is_to_do(some, item, client, person):
    change(item, summary="All is different.")
    ana = person("ana", roles.TRANSLATOR.group_name("sl"))
    client.force_login(ana)
    assert panel(client) == ({"sl": [1, 0, 3]}, ["Old bricks (sl)"])
    links = re.findall(r'href="(/cms/translations/\?[^"]+)"', client.get("/cms/").content.decode())
    assert [list(rows(client.get(link.replace("&amp;", "&")))) for link in links] == [
        ["Old bricks"], ["About us", "Partners", "Stone"],
    ]  # fmt: skip


def test_who_translates_nothing_has_no_such_panel(some, client, person):
    client.force_login(person("moderator", roles.PARTNER_MODERATOR.name))
    assert panel(client) is None
    client.force_login(person("partner", "Partner organisation: Stone"))
    assert panel(client) is None
    client.force_login(person("editor", roles.EDITOR.name))
    numbers, _titles = panel(client)
    assert [code.lower() for code in numbers] == CODES[1:]


@pytest.mark.parametrize(
    ("group", "number"),
    [(roles.TRANSLATOR.group_name("sl"), 1), (roles.REVIEWER.group_name("sl"), 0)],
)
def test_what_is_out_of_date_is_a_link_for_who_may_edit_it(
    some, item, client, person, group, number
):
    change(item, summary="All is different.")
    client.force_login(person("somebody", group))
    html = client.get("/cms/").content.decode().partition('id="to-translate')[2]
    assert html.count("Old bricks (sl)") == 1
    slovenian = item.get_translation(locale("sl"))
    assert html.count(f'href="/cms/pages/{slovenian.pk}/edit/"') == number


@pytest.mark.whole
def test_the_panel_costs_five_queries_and_four_more_after_a_change(some, item, news, person, rf):
    from ecca_site.translation.coverage.panels import ToTranslate

    change(item, summary="All is different.")

    def count():
        request = rf.get("/cms/")
        request.user = type(ana).objects.get(pk=ana.pk)
        request.user.get_all_permissions()
        # The menu of the CMS asks for these, too.
        list(policy_registry.get_by_type(Page).get_cached_permissions_for_user(request.user))
        with CaptureQueriesContext(connection) as queries:
            assert "Old bricks (sl)" in ToTranslate(request).render_html({})
        return len(queries)

    ana = person("ana", roles.TRANSLATOR.group_name("sl"))
    count()
    before = count()
    assert before <= 5
    for _number in range(20):
        factories.add_news(news)
    assert count() == before + 4
    assert count() == before
