"""Every refusal and error is a page in the reader's language; what was typed stands on it."""

import re
from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseGone
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext
from wagtail.admin.auth import require_admin_access
from wagtail.users.models import UserProfile

from ecca_site import urls as real
from ecca_site.access import roles
from ecca_site.delivery import views
from ecca_site.delivery.middleware import RefusalMiddleware
from ecca_site.intake import kept
from tests import factories, forms

LANGUAGES = ("sl", "pl", "hu", "sr-latn")
TAGS = {"sr-latn": "sr-Latn"}


def broken(request):
    raise RuntimeError("What nobody foresaw")


def without_database(request):
    raise OperationalError("The database is gone")


def forbidden(request):
    raise PermissionDenied


urlpatterns = [
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("gone/", lambda request: HttpResponseGone()),
    path("plain/", lambda request: HttpResponseForbidden("No")),
    path("cms/broken/", require_admin_access(broken)),
    path("cms/without-database/", without_database),
    path("cms/forbidden/", require_admin_access(forbidden)),
    path("cms/plain/", lambda request: HttpResponseForbidden("No")),
    *real.urlpatterns,
]
handler400, handler403, handler404, handler500 = (
    real.handler400,
    real.handler403,
    real.handler404,
    real.handler500,
)


@pytest.fixture(autouse=True)
def _addresses_that_fail(settings):
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = False


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def editor(person, client):
    """The browser of an editor, to whom tokens matter; and a function that chooses a language."""
    user = person("editor", roles.EDITOR.name)
    browser = Client(raise_request_exception=False, enforce_csrf_checks=True)
    browser.force_login(user)

    def speak(language):
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
        return browser

    return speak


def told(response):
    """Return status, language and heading of a page."""
    html = response.content.decode()
    lang = re.search(r'<html[^>]* lang="([^"]*)"', html)[1]
    headings = re.findall(r"<h1[^>]*>\s*(.*?)\s*</h1>", html, re.DOTALL)
    return response.status_code, lang.lower(), *headings


def expected(status, language, heading):
    with translation.override(language):
        words = gettext(heading)
    assert language == "en" or words != heading
    return status, language, words


# --- On the site: the language of the address, else the browser's --------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("method", "address", "status", "heading"), [
    ("get", "/nothing/", 404, "Page not found"),
    ("get", "/forbidden/", 403, "This is not open to you"),
    ("get", "/plain/", 403, "This is not open to you"),
    ("get", "/gone/", 410, "This is no longer here"),
    ("get", "/broken/", 500, "Something went wrong"),
    ("post", "/sitemap.xml", 403, "Nothing was sent"),
])  # fmt: skip
def test_where_the_address_names_no_language_the_browser_does(
    site, visitor, language, method, address, status, heading
):
    response = getattr(visitor, method)(
        address, headers={"Accept-Language": TAGS.get(language, language)}
    )
    assert told(response) == expected(status, language, heading)
    assert response["Content-Language"] == TAGS.get(language, language)


@pytest.mark.parametrize(("prefix", "language"), [("sl", "sl"), ("pt", "pt"), ("sr", "sr-latn")])
def test_the_address_says_the_language(site, visitor, prefix, language):
    browser = {"headers": {"Accept-Language": "pl"}}
    for address, status, heading in (
        (f"/{prefix}/nothing/", 404, "Page not found"),
        (f"/{prefix}/search/?q=%00", 400, "This request cannot be read"),
    ):
        assert told(visitor.get(address, **browser)) == expected(status, language, heading)


def test_a_host_that_is_not_ours_is_told_so_in_the_browsers_language(site, visitor):
    visitor.get("/sl/nothing/")  # whose language stays in the thread
    response = visitor.get("/", HTTP_HOST="evil.example", headers={"Accept-Language": "pl"})
    assert told(response) == expected(400, "pl", "This request cannot be read")
    response = visitor.post(
        "/", {"text": "Words"}, HTTP_HOST="evil.example", headers={"Accept-Language": "pl"}
    )
    assert told(response) == expected(400, "pl", "This request cannot be read")


@pytest.mark.parametrize("language", ["sl", "pl", "hu"])
def test_a_method_that_an_address_does_not_take(site, language):
    client = Client(headers={"Accept-Language": language})
    response = client.post("/sitemap.xml")
    assert told(response) == expected(405, language, "This address only shows something")
    assert response["Allow"] == "GET, HEAD"
    response = client.generic("BREW", "/sitemap.xml")
    assert told(response) == expected(405, language, "This address only shows something")


def test_no_page_takes_the_place_of_data(site, client):
    response = client.post("/api/v2/pages/")
    assert (response.status_code, response["Content-Type"]) == (405, "application/json")
    html = HttpResponse("<!doctype html><html>", status=422)
    part = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
    request = RequestFactory().get("/")
    assert [RefusalMiddleware.is_bare(request, each) for each in (html, part)] == [False, False]


# --- In the CMS: the language that the user has chosen -------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("address", "status", "heading"), [
    ("/cms/nothing/", 404, "Page not found"),
    ("/cms/pages/99999/edit/", 404, "Page not found"),
    ("/cms/plain/", 403, "This is not open to you"),
    ("/cms/broken/", 500, "Something went wrong"),
    ("/cms/translations/1/submit/", 405, "There is nothing to read at this address"),
])  # fmt: skip
def test_the_cms_speaks_the_language_of_its_user(
    editor, address, status, heading, language, monkeypatch
):
    monkeypatch.setattr("ecca_site.access.gate.is_open", lambda *args: True)
    response = editor(language).get(address, headers={"Accept-Language": "es"})
    assert told(response) == expected(status, language, heading)
    has_menu = "data-wagtail-sidebar" in response.content.decode()
    assert has_menu == (status != 500)


@pytest.mark.parametrize("language", ["sl", "pl", "hu"])
def test_a_refusal_of_a_form_in_the_cms_keeps_what_was_typed(editor, language, monkeypatch):
    monkeypatch.setattr("ecca_site.access.gate.is_open", lambda *args: True)
    browser = editor(language)
    browser.handler.enforce_csrf_checks = False
    response = browser.post("/cms/forbidden/", {"comment": "Long words"})
    assert told(response) == expected(403, language, "This is not open to you")
    assert shown(response) == ["Long words"]
    assert (
        browser.post("/cms/forbidden/", {"number": "3"}).status_code == 302
    )  # a click is easily done again


def shown(response):
    kept_texts = re.search(
        r'<ul class="kept-texts">(.*?)</ul>', response.content.decode(), re.DOTALL
    )
    return re.findall(r"<li>(.*?)</li>", kept_texts[1]) if kept_texts else []


def again(client, response, address):
    """Send again what a page has kept, by its button."""
    form = next(
        each for each in forms.forms_of(response.content.decode()) if each.action == address
    )
    return forms.send(client, address, form, form.buttons[0])


# --- Forms without a valid token -----------------------------------------------------------------
@pytest.fixture
def news(site):
    return factories.section(factories.add_news_index)


def typed(**values):
    return {"kind": "unpublish", "reason": "It was wrong.\nWe know better.", **values}


HERE = {"Origin": "http://testserver"}


@pytest.mark.parametrize("language", ["sl", "pl", "hu"])
def test_a_form_with_an_old_token_is_kept_and_sent_again(editor, news, language):
    item = factories.add_news(news)
    browser, address = editor(language), f"/cms/moderation/pages/{item.pk}/request/"
    browser.get(address)
    response = browser.post(address, typed(csrfmiddlewaretoken="x" * 32), headers=HERE)
    assert told(response) == expected(403, language, "Nothing was sent")
    assert shown(response)[-1] == "It was wrong.<br>We know better."
    assert item.workflow_states.count() == 0
    assert again(browser, response, address).status_code == 302
    assert item.workflow_states.get().page_request.reason.split() == typed()["reason"].split()


@pytest.mark.parametrize("language", ["sl", "pl", "hu"])
def test_whoever_is_signed_out_meanwhile_signs_in_and_sends_it_again(editor, news, language):
    item = factories.add_news(news)
    browser, address = editor(language), f"/cms/moderation/pages/{item.pk}/request/"
    form = forms.forms_of(browser.get(address).content.decode())[0]
    session = browser.cookies.pop("ecca_session").value
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    response = browser.post(address, form.data() | typed(), headers=HERE)
    assert told(response) == expected(403, language, "You are signed out")
    browser.cookies["ecca_session"] = session
    assert again(browser, response, address).status_code == 302
    assert item.workflow_states.count() == 1


def test_a_script_of_whoever_is_signed_out_hears_it(site, visitor):
    visitor.get("/cms/login/")
    token = visitor.cookies["csrftoken"].value
    for headers in ({"X-Requested-With": "XMLHttpRequest"}, {"Sec-Fetch-Dest": "empty"}):
        response = visitor.put(
            "/cms/pages/1/edit/", headers={"X-CSRFToken": token, "Accept-Language": "sl", **headers}
        )
        assert response.status_code == 403
        assert response.json()["message"].startswith("Vaša seja je potekla")


def test_what_another_site_sent_is_never_offered_to_be_sent_again(editor, site):
    browser = editor("en")
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        response = browser.post("/cms/account/", {"bio": "Words"}, headers=headers)
        assert told(response) == (403, "en", "Nothing was sent")
        assert [
            form
            for form in forms.forms_of(response.content.decode())
            if form.action == "/cms/account/"
        ] == []
    response = browser.post(
        "/cms/account/", {"bio": "Words"}
    )  # what says nothing of where it came from
    assert "Send it again" not in response.content.decode()


def test_neither_passwords_nor_files_are_kept(site, visitor):
    data = {"username": "Ana", "password": "correct horse battery", "next": "/cms/"}
    response = visitor.post("/cms/login/", data, headers=HERE)
    assert told(response) == (403, "en", "Nothing was sent")
    assert shown(response) == ["Ana"]
    assert "correct horse" not in response.content.decode()
    assert "Send it again" not in response.content.decode()
    empty = kept.what_was_sent(
        RequestFactory().post("/", {"name": "A", "new_password": ""}, headers=HERE)
    )
    assert (empty.is_sendable, empty.fields) == (True, [("name", "A"), ("new_password", "")])
    upload = RequestFactory().post(
        "/", {"title": "A", "file": factories.make_image().file}, headers=HERE
    )
    sent = kept.what_was_sent(upload)
    assert (sent.is_sendable, sent.fields, sent.texts) == (False, [], ["A"])


def test_of_a_rich_text_its_words_are_shown():
    assert (
        kept.readable('{"blocks": [{"text": "One"}, {"text": "Two"}], "entityMap": {}}')
        == "One\nTwo"
    )
    malformed = ('{"blocks": 3}', "{", "{}", '{"blocks": [1]}', "{" * 5000)
    for value in (*malformed, '{"data": 3}', '{"data": [3]}', '{"data": [[3]]}'):
        assert kept.readable(value) == value


def test_of_a_table_its_cells_are_shown():
    cells = '{"data": [["Year", null], ["2026", "Bricks"]], "first_row_is_table_header": true}'
    assert kept.readable(cells) == "Year | \n2026 | Bricks"


def test_the_key_that_a_script_gives_a_form_is_not_shown():
    request = RequestFactory().post("/", {"comment": "Why?", "form_key": "4e5a3x4f113q2h2u5m58"})
    assert kept.what_was_sent(request).texts == ["Why?"]


def test_of_an_empty_rich_text_nothing_is_shown():
    request = RequestFactory().post("/", {"report": "null", "title": "null and void"})
    assert kept.what_was_sent(request).texts == ["null and void"]


@pytest.mark.parametrize(("reason", "words"), [
    ("CSRF cookie not set.", "no cookie"), ("CSRF token missing.", "no cookie"),
    ("CSRF token from POST incorrect.", "older than your sign-in"),
    ("Origin checking failed - null does not match any trusted origins.", "another site"),
])  # fmt: skip
def test_a_missing_token_is_explained(site, rf, reason, words):
    request = rf.post("/")
    assert words in views.csrf_failure(request, reason).content.decode()


# --- Too much, too often -------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["sl", "pl", "hu"])
def test_too_much_at_once(editor, site, settings, language):
    browser = editor(language)
    browser.handler.enforce_csrf_checks = False
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    fields = {f"field-{number}": "x" for number in range(9)}
    assert told(browser.post("/cms/account/", fields)) == expected(
        413, language, "That was too much at once"
    )
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    long = {"content_type": "application/x-www-form-urlencoded", "data": "bio=" + "x" * 200}
    assert told(browser.post("/cms/account/", **long)) == expected(
        413, language, "That was too much at once"
    )
    visitor = Client(headers={"Accept-Language": language})
    assert told(visitor.post("/en/apply/partner/", **long)) == expected(
        413, "en", "That was too much at once"
    )


# --- Errors --------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["sl", "pl", "hu"])
def test_an_error_keeps_what_was_typed(site, language):
    client = Client(raise_request_exception=False, headers={"Accept-Language": language, **HERE})
    response = client.post("/broken/", {"text": "Words", "password": "secret"})
    assert told(response) == expected(500, language, "Something went wrong")
    assert shown(response) == ["Words"]
    assert "secret" not in response.content.decode()


def test_an_error_asks_neither_database_nor_session(site, rf, django_assert_num_queries):
    request = rf.post(
        "/cms/", {"text": "Words"}, headers={"Accept-Language": "sl"}
    )  # without session, user, messages
    with django_assert_num_queries(0):
        assert told(views.server_error(request)) == expected(500, "sl", "Something went wrong")


def test_a_dead_database_is_an_error_in_the_readers_language(site, editor, monkeypatch):
    monkeypatch.setattr("ecca_site.access.gate.is_open", lambda *args: True)
    browser = editor("pl")
    assert told(browser.get("/cms/without-database/")) == expected(
        500, "pl", "Something went wrong"
    )

    def die(*args, **kwargs):
        raise OperationalError("The database is gone")

    with monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "cursor", die)
        answers = [
            browser.get(address, headers={"Accept-Language": "sl"})
            for address in ("/cms/", "/sl/", "/healthz", "/")
        ]
    assert [told(answer) for answer in answers] == 4 * [expected(500, "sl", "Something went wrong")]


def test_an_error_in_the_page_of_errors_is_still_an_answer(site, visitor, monkeypatch, caplog):
    monkeypatch.setattr(views, "render_to_string", broken)
    assert told(visitor.get("/broken/")) == (500, "en", "Something went wrong")


def test_a_script_gets_words_instead_of_a_page(site, visitor):
    script = {"Accept-Language": "sl", "X-Requested-With": "XMLHttpRequest"}
    for address, status, begin in (
        ("/broken/", 500, "Napaka je naša"), ("/forbidden/", 403, "Vaš račun"),
        ("/nothing/", 404, "Na tem naslovu"),
        ("/gone/", 410, "Odstranjeno"), ("/cms/forbidden/", 403, "Vaša seja"),
    ):  # fmt: skip
        response = visitor.get(address, headers=script)
        assert response.status_code == status
        assert response.json().keys() == {"message"}
        assert response.json()["message"].startswith(begin)
