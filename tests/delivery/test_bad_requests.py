"""Nothing that can be sent makes a 500: generated requests, the seed of which is printed."""

import random

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from ecca_site.uploads.models import CustomDocument
from tests import factories
from tests.left_out import SEED

SHARE, ALL = 500, 5000

LETTERS = [
    "a",
    "č",
    "\u202e",
    "\ufeff",
    "\U0001f3d7",
    "%",
    "%s",
    "'",
    '"',
    "<",
    ">",
    "&",
    "\\",
    ";",
    "--",
    "(",
    "*",
    "漢",
]
VALUES = [
    "", "abc", "-1", "0", "1", "99999999999999999999", "1e9", "NaN", "1.5", "None", "null",
    "../../etc/passwd", "%00",
    "%FF%FE", "%C3%28", "%", "%zz", "'", "\"'; DROP TABLE x; --", "<script>alert(1)</script>",
    "{{ 7*7 }}", "a" * 5000,
    "circular-economy", "design", "partner", "sl", "[]", "a=b", "&&", "\u0000", "\ud7ff",
]  # fmt: skip
NAMES = [
    "page",
    "q",
    "topic",
    "theme",
    "kind",
    "next",
    "lang",
    "format",
    "page[]",
    "",
    "constructor",
    "é",
]
METHODS = [
    "GET",
    "GET",
    "GET",
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "BREW",
    "get",
]
HOSTS = [
    "testserver",
    "testserver",
    "testserver",
    "evil.example",
    "",
    "a b",
    "testserver:99999999",
    "[::1",
    "x" * 300,
]
LANGUAGES = [
    "sl",
    "xx",
    "*",
    ";;;",
    "sl;q=x",
    "\x00",
    "a" * 5000,
    "sr-Latn-RS",
    "zh-hant-tw, en;q=2",
]
COOKIES = [
    "",
    "ecca_session=x",
    "ecca_session=" + "a" * 4000,
    "csrftoken=;;;",
    "django_language=xx",
    "=",
    "ecca_session=%00",
]


def generate(chance, addresses):
    """Return one request as method, path, query, body and headers."""
    path = chance.choice(addresses)
    if chance.random() < 0.4:
        path = chance.choice([
            path + "".join(chance.choices(LETTERS, k=chance.randint(1, 12))) + "/",
            path + "/" * chance.randint(1, 50),
            path + chance.choice(["%00", "%FF", "..%2f..%2f", "\x00", "?", "#", "//", "%2e%2e/"]),
            f"/{chance.choice(['xx', 'en-us', 'sr-latn', 'EN', 'de', '%73l'])}" + path[3:],
            "/" + "a/" * chance.randint(1, 900),
            path.rstrip("/"),
        ])  # fmt: skip
    pairs = [
        f"{chance.choice(NAMES)}={chance.choice(VALUES)}" for _number in range(chance.randint(0, 4))
    ]
    headers = {}
    if chance.random() < 0.3:
        headers["HTTP_HOST"] = chance.choice(HOSTS)
    if chance.random() < 0.3:
        headers["HTTP_ACCEPT_LANGUAGE"] = chance.choice(LANGUAGES)
    if chance.random() < 0.3:
        headers["HTTP_COOKIE"] = chance.choice(COOKIES)
    if chance.random() < 0.2:
        headers["HTTP_IF_NONE_MATCH"] = chance.choice(['"', "*", "W/", 'W/"x', "\x00"])
    if chance.random() < 0.2:
        headers["HTTP_IF_MODIFIED_SINCE"] = chance.choice(
            ["yesterday", "Thu, 99 Jan 99999 99:99:99 GMT", ""]
        )
    body = chance.choice([b"", b"\x00\xff", b"a=%00&b=%FF", b"{", b"a=" + b"b" * 10_000])
    # A server hands over the query as bytes read as Latin-1.
    return chance.choice(METHODS), path, "&".join(pairs).encode().decode("latin-1"), body, headers


@pytest.fixture
def addresses(site):
    news, partners = factories.add_news_index(site), factories.add_partner_index(site)
    conferences = factories.add_conference_index(site)
    pages = [
        site, news, partners, conferences, factories.add_news(news),
        factories.add_partner(partners),
        factories.add_conference(conferences), factories.add_content(site),
    ]  # fmt: skip
    return [
        *(page.get_url() for page in pages), "/", "/en/search/", "/sl/search/", "/en/news.rss",
        "/sr/news.atom",
        "/sitemap.xml", "/sitemap-en-1.xml", "/robots.txt", "/healthz",
        "/cms/login/", "/cms/", "/documents/1/x.pdf",
        "/media/x.png",
        "/_util/authenticate_with_password/1/1/", "/cms/password_reset/",
    ]  # fmt: skip


def send(number, addresses, capsys):
    with capsys.disabled():
        print(f"\n{number} generated requests, seed {SEED} (ECCA_TEST_SEED repeats them)")
    chance = random.Random(SEED)
    client = Client(raise_request_exception=False)
    seen = {}
    for _number in range(number):
        method, path, query, body, headers = generate(chance, addresses)
        response = client.generic(method, path, body, content_type=chance.choice([
            "application/x-www-form-urlencoded", "multipart/form-data",
            "text/plain; charset=nonsense",
            "multipart/form-data; boundary=" + "x" * 300,
        ]), QUERY_STRING=query, **headers)  # fmt: skip
        assert response.status_code < 500, (method, path, query, body, headers)
        seen[response.status_code] = seen.get(response.status_code, 0) + 1
    assert {200, 400, 404, 405} <= seen.keys()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.whole
def test_generated_requests_make_no_500(addresses, capsys):
    send(SHARE, addresses, capsys)


@pytest.mark.soak
@pytest.mark.filterwarnings("ignore")
def test_many_generated_requests_make_no_500(addresses, capsys):
    send(ALL, addresses, capsys)


@pytest.mark.parametrize(("address", "status"), [
    ("/en/news/?page=abc", 200), ("/en/news/?page=-1", 200),
    ("/en/news/?page=99999999999999999999999", 200),
    ("/en/news/?topic=unknown", 200), ("/en/partners/?theme=%27&kind=x", 200),
    ("/en/search/?q=" + "a" * 100_000, 400),
    ("/en/search/?q=%22%27%3B--", 200), ("/en/search/?q=%00", 400), ("/en/search/?q=%FF%FE", 400),
    ("/en/%00/", 400),
    ("/xx/", 404), ("/de/news/", 404), ("/en/%FF/", 404), ("/en/search/?page=x&q=a", 200),
])  # fmt: skip
@pytest.mark.whole
def test_known_bad_input_gets_an_answer_in_the_language_of_the_page(
    addresses, client, address, status
):
    response = client.get(address)
    assert response.status_code == status
    assert b'<html lang="en">' in response.content
    assert b"<h1" in response.content


def test_errors_are_said_in_the_language_of_the_address(addresses, client):
    factories.home_of("pl")
    response = client.get("/pl/search/?q=" + "a" * 300)
    assert response.status_code == 400
    assert b'<html lang="pl">' in response.content
    assert 'class="errorlist"' in response.content.decode()


def test_unknown_hosts_are_refused(site):
    assert (
        Client(raise_request_exception=False).get("/en/", HTTP_HOST="evil.example").status_code
        == 400
    )


@pytest.mark.parametrize("query", ["id=zz", "id=1&id=1e9", "id=all&childOf=x", f"id={'9' * 19}"])
@pytest.mark.parametrize("kind", ["wagtailcore/page/delete", "uploads/customimage/delete"])
def test_a_bulk_action_that_names_nothing_is_a_bad_request(site, admin_client, kind, query):
    assert admin_client.get(f"/cms/bulk/{kind}/?{query}").status_code == 400


def test_a_bulk_action_names_pages_by_number_or_all(site, admin_client):
    address = "/cms/bulk/wagtailcore/page/delete/"
    for query, status in (
        (f"id={site.pk}", 200),
        (f"id=all&childOf={site.pk}", 404),  # nothing stands below it
        (f"id={'9' * 18}", 404),
    ):
        assert (query, admin_client.get(f"{address}?{query}").status_code) == (query, status)


def test_half_a_form_is_a_bad_request(site, admin_client):
    news = factories.add_news(factories.add_news_index(site))
    response = admin_client.post(
        f"/cms/pages/{news.pk}/edit/", {"title": "Without the body's number of blocks"}
    )
    assert response.status_code == 400
    assert b"<h1" in response.content


def test_a_form_that_goes_on_to_nowhere_is_a_bad_request_and_changes_nothing(site, admin_client):
    document = CustomDocument.objects.create(title="Before", file="x.pdf", file_size=1)
    address = f"/cms/documents/edit/{document.pk}/"
    data = {"title": "Typed", "collection": document.collection_id, "tags": "", "next": "nowhere"}
    response = admin_client.post(address, data)
    assert response.status_code == 400
    assert "Typed" in response.content.decode()
    document.refresh_from_db()
    assert document.title == "Before"


@pytest.mark.parametrize("cookie", ['ecca_session="\\000a"', 'django_language="\\000"'])
def test_a_cookie_that_no_database_takes_is_as_if_it_had_not_been_sent(site, client, cookie):
    assert client.get("/en/", HTTP_COOKIE=cookie).status_code == 200
    assert client.get("/cms/", HTTP_COOKIE=cookie).status_code == 302


@pytest.mark.parametrize("body", [b"[]", b"{", b"[" * 100_000, b'{"a": "\\ud800"}', b'{"a": NaN}'])
def test_what_a_script_sends_is_an_object_that_can_be_kept(site, admin_client, body):
    address = reverse("wagtailadmin_dismissibles")
    response = admin_client.patch(address, body, content_type="application/json")
    assert (response.status_code, list(response.json())) == (400, ["message"])
    assert admin_client.patch(address, body, content_type="text/plain").status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.whole
def test_pages_are_only_read(addresses, client, method):
    assert client.generic(method, "/en/news/").status_code == 405
    assert client.generic(method, "/sitemap.xml").status_code == 405


def test_all_languages_of_the_settings_are_reachable(site, client):
    for code, _name in settings.LANGUAGES:
        factories.home_of(code)
    for prefix in ("en", "sl", "pl", "es", "pt", "hu", "sr"):
        assert client.get(f"/{prefix}/").status_code == 200
