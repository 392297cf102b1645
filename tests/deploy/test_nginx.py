"""The proxy as it is deployed.

Nginx on `deploy/nginx.conf`, before a server with production's settings.
"""

import contextlib
import re
import sqlite3
import subprocess
import urllib.parse

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection

from ecca_site.delivery.files import FOR_EVER as UPLOADS_FOR_EVER
from ecca_site.delivery.files import FOR_NOBODY_ELSE, MEDIA_POLICY
from ecca_site.uploads.models import CustomDocument
from tests.deploy.proxy import CONF, HOST, OTHER_HOST, program, proxy
from tests.deploy.test_start import COMPLETE
from tests.processes import environment, free_port, manage, server

FOR_EVER = "public, max-age=31536000, immutable"

pytestmark = (
    pytest.mark.django_db
)  # only so that nothing else of this process has emptied the database before


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """The folder of the server's files: one of each kind."""
    folder = tmp_path_factory.mktemp("var")
    for path, content in {
        "static/css/a.css": "a { color: red }\n" * 200,
        "static/css/a.0123456789ab.css": "a { color: blue }\n" * 200,
        "published/media/images/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n" + " " * 2000,
        "published/media/documents/a.vtt": "WEBVTT",
        "published/documents/7/a.pdf": "%PDF-1.7",
        "published/documents/7/a.csv": "a;b",
        "media/images/draft.svg": "secret",
        "private/contributions/a.pdf": "secret",
    }.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return folder


def add_editor(path):
    """Add a user to the copy alone."""
    values = {
        "username": "editor", "password": make_password("right"), "email": "editor@example.org",
        "first_name": "",
        "last_name": "", "is_active": 1, "is_staff": 0, "is_superuser": 0,
        "date_joined": "2030-01-01",
    }  # fmt: skip
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    with contextlib.closing(sqlite3.connect(path)) as copy, copy:
        copy.execute(f"INSERT INTO users_user ({names}) VALUES ({marks})", tuple(values.values()))


@pytest.fixture(scope="module")
def environment_behind(var, django_db_setup, django_db_blocker):
    """Return the environment of the site behind the proxy, on a copy of the tests' database."""
    program("nginx")
    program("openssl")
    if connection.vendor != "sqlite":
        pytest.skip("the proxy is tried before a copy of SQLite's database")
    with django_db_blocker.unblock():
        copied = environment(var)
    add_editor(var / "copy.sqlite3")
    return {
        **copied,
        **COMPLETE,
        "DJANGO_SETTINGS_MODULE": "tests.settings_behind_a_proxy",
        "ALLOWED_HOSTS": f"{HOST},{OTHER_HOST},127.0.0.1",
        # As long as the tests take, so that nothing depends on how fast they are.
        "ECCA_SHARED_CACHE_SECONDS": "3600",
        "GUNICORN_CMD_ARGS": "--graceful-timeout 1",
    }


@pytest.fixture(scope="module")
def site_behind(environment_behind, var, tmp_path_factory):
    """nginx, and the site behind it."""
    with server(environment_behind, var) as (address, _log):
        backend = urllib.parse.urlsplit(address).port
        with proxy(tmp_path_factory.mktemp("nginx"), var, backend) as running_proxy:
            yield running_proxy


def test_nginx_takes_the_file(site_behind):
    done = subprocess.run([*site_behind.command, "-t"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_file_says_what_the_settings_say():
    text = CONF.read_text()
    in_megabytes = [int(number) for number in re.findall(r"client_max_body_size (\d+)m;", text)]
    assert in_megabytes == [12, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE // 1024**2 + 5]
    assert f'"{MEDIA_POLICY}" always;' in text
    assert f'"{UPLOADS_FOR_EVER}";' in text
    inline = re.search(r"\.\(([\w|]+)\)\$\" inline", text)[1].split("|")
    for extension in settings.WAGTAILDOCS_EXTENSIONS:
        document = CustomDocument(file=f"documents/a.{extension}")
        assert document.content_disposition.startswith("inline") == (extension in inline)
    assert set(re.findall(r"\$cookie_(\w+)", text)) == {settings.SESSION_COOKIE_NAME}


# --- What a visitor gets -------------------------------------------------------------------------
def test_port_80_leads_to_https_and_answers_for_the_server_itself(site_behind):
    answer = site_behind.ask_plain("/en/?page=2")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/en/?page=2")
    assert answer.headers["Server"] == "nginx"
    answer = site_behind.ask_plain("/healthz")
    assert (answer.status, answer.body) == (200, b"ok")
    assert site_behind.ask_plain("/.well-known/acme-challenge/x").status == 404


def test_pages_come_by_tls_and_http_2(site_behind):
    answer = site_behind.ask("/en/")
    assert (answer.status, answer.headers["Server"]) == (200, "nginx")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert site_behind.protocol() == "h2"


def test_a_page_is_kept_for_visitors_of_the_same_host_alone(site_behind):
    path = "/en/?page=3"
    states = [
        site_behind.ask(path, host=host).headers["X-Cache-Status"]
        for host in (HOST, HOST, OTHER_HOST)
    ]
    assert states == ["MISS", "HIT", "MISS"]


def test_whoever_is_signed_in_gets_nothing_kept_and_leaves_nothing(site_behind):
    path, cookie = "/en/?page=4", "ecca_session=anything"
    answers = [
        site_behind.ask(path, Cookie=cookie),
        site_behind.ask(path),
        site_behind.ask(path, Cookie=cookie),
    ]
    assert [answer.headers["X-Cache-Status"] for answer in answers] == ["BYPASS", "MISS", "BYPASS"]
    assert answers[2].headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/en/apply/",
        "/en/application/secret/",
        "/en/registration/secret/",
        "/en/confirm-profile/secret/",
        "/review/x/",
    ],
)
def test_forms_and_secret_addresses_are_never_kept(site_behind, path):
    assert [site_behind.ask(path).headers["X-Cache-Status"] for _time in range(2)] == [
        "MISS",
        "MISS",
    ]


def test_what_is_text_comes_compressed(site_behind):
    for path in ("/static/css/a.css", "/media/images/a.svg", "/cms/login/", "/en/"):
        answer = site_behind.ask(path, Accept_Encoding="gzip")
        assert (answer.status, answer.headers["Content-Encoding"]) == (200, "gzip"), path
        assert "Accept-Encoding" in ", ".join(answer.headers.get_all("Vary")), path


# --- Files ---------------------------------------------------------------------------------------
def test_only_names_with_a_digest_are_kept_for_ever(site_behind):
    ages = [
        site_behind.ask(f"/static/css/{name}").headers["Cache-Control"]
        for name in ("a.css", "a.0123456789ab.css")
    ]
    assert ages == ["public, max-age=3600", FOR_EVER]


def test_an_upload_can_run_nothing_in_any_answer(site_behind):
    shown, refused = (
        site_behind.ask("/media/images/a.svg"),
        site_behind.ask("/media/images/a.svg", "POST", "a=b"),
    )
    assert (shown.status, refused.status) == (200, 405)
    for answer in (shown, refused):
        assert answer.headers["Content-Security-Policy"] == MEDIA_POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert [answer.headers["Cache-Control"] for answer in (shown, refused)] == [
        UPLOADS_FOR_EVER,
        None,
    ]


def test_captions_have_their_type(site_behind):
    assert site_behind.ask("/media/documents/a.vtt").headers["Content-Type"] == "text/vtt"


@pytest.mark.parametrize(
    "path",
    ["/private/contributions/a.pdf", "/media/images/draft.svg", "/published/documents/7/a.pdf",
     "/documents/../media/images/draft.svg", "/documents/%2e%2e/%2e%2e/media/images/draft.svg",
     "/documents/7/../../../media/images/draft.svg", "/media../published/documents/7/a.pdf",
     "/media/../private/contributions/a.pdf",
     "/media../private/contributions/a.pdf",
     "/media/%2e%2e/private/contributions/a.pdf", "/static/../copy.sqlite3", "/media/",
     "/errors/unavailable.html"],
)  # fmt: skip
def test_what_lies_beside_the_public_files_stays_private(site_behind, path):
    answer = site_behind.ask(path)
    assert answer.status in (400, 404)
    assert b"secret" not in answer.body


@pytest.mark.parametrize("path", ["/media/missing.png", "/static/missing.css"])
def test_a_missing_file_is_a_page_of_the_site(site_behind, path):
    answer = site_behind.ask(path)
    assert (answer.status, b"<h1>Page not found</h1>" in answer.body) == (404, True)


DRAFT = """
from django.contrib.auth.models import Group
from ecca_site.access import roles
from ecca_site.uploads.models import CustomDocument
from ecca_site.users.models import User
from home.models import HomePage
from tests import factories
from django.core.files.base import ContentFile
image = factories.make_image(size=(60, 40))
image.make_renditions()
file = ContentFile(b"%PDF-1.7 statutes", "s.pdf")
pdf = CustomDocument.objects.create(title="Statutes", file=file)
home = HomePage.objects.get()
page = home.add_child(instance=factories.ContentPage(
    title="Draft", slug="a-draft", live=False, locale=home.locale, lead_image=image,
    body=factories.linking(pdf),
))
page.save_revision()
writer = User.objects.create_user("writer", "writer@example.org", "right")
writer.groups.add(Group.objects.get(name=roles.EDITOR.name))
shown = [address for address in (size.url for size in image.sizes().values())]
print(" ".join([image.file.url, *shown, pdf.file.url, pdf.url]))
"""  # fmt: skip
PAGE = "from home.models import ContentPage; page = ContentPage.objects.get(slug='a-draft'); "


def test_a_file_is_public_as_long_as_its_page_is_and_then_the_site_is_not_asked(
    site_behind, environment_behind
):
    def shell(code):
        return manage(environment_behind, "shell", "--no-imports", "-c", code)

    def seen(**headers):
        return [site_behind.ask(address, **headers) for address in (original, *others)]

    original, *others = shell(DRAFT).split()
    assert len(others) == 9
    signed_in = sign_in(site_behind, "right", "writer", source="127.0.0.3")
    session = re.search(r"ecca_session=\w+", " ".join(signed_in.headers.get_all("Set-Cookie")))[0]

    def answers_of_a_draft():
        assert {answer.status for answer in seen()} == {404}
        for answer in seen(Cookie=session):
            assert (answer.status, answer.headers["Cache-Control"]) == (200, FOR_NOBODY_ELSE)
        for answer in seen():
            assert (answer.status, answer.headers["Cache-Control"]) == (404, FOR_NOBODY_ELSE)

    answers_of_a_draft()
    shell(PAGE + "page.latest_revision.publish()")
    assert site_behind.ask(original).status == 404
    for address in others:
        answer = site_behind.ask(address)
        assert answer.status == 200
        assert "Referrer-Policy" not in answer.headers, "the site sets it"
        assert site_behind.ask(address, "HEAD").status == 200
        part = site_behind.ask(address, Range="bytes=0-3")
        assert (part.status, part.body) == (206, answer.body[:4])
        assert site_behind.ask(f"{address}?guest=x").status == 200
    shell(PAGE + "page.unpublish()")
    answers_of_a_draft()


def test_a_document_is_shown_or_saved_and_runs_nothing(site_behind):
    for name, disposition in {"a.pdf": "inline", "a.csv": "attachment"}.items():
        headers = site_behind.ask(f"/documents/7/{name}").headers
        assert headers["Content-Disposition"] == disposition
        assert headers["Content-Security-Policy"] == "default-src 'none'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Content-Type"] == {"a.pdf": "application/pdf"}.get(name, "text/csv")
        assert headers["Cache-Control"] == "public, max-age=0, s-maxage=5"


# --- Uploads -------------------------------------------------------------------------------------
def test_a_large_document_is_let_through_and_a_larger_one_is_not(site_behind):
    largest = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    assert site_behind.announce("/cms/documents/multiple/add/", largest + 10_000) == 100
    assert site_behind.announce("/cms/documents/multiple/add/", largest + 10_000_000) == 413
    assert site_behind.announce("/en/conference/1/contribute/", 11 * 1024**2) == 100
    assert site_behind.announce("/en/conference/1/contribute/", 20 * 1024**2) == 413


# --- Who it is -----------------------------------------------------------------------------------
def sign_in(site_behind, password, name="editor", **how):
    form = site_behind.ask("/cms/login/", **how)
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form.body)[1].decode()
    cookie = form.headers["Set-Cookie"].partition(";")[0]
    body = urllib.parse.urlencode(
        {"username": name, "password": password, "csrfmiddlewaretoken": token, "next": "/"}
    )
    return site_behind.ask(
        "/cms/login/", "POST", body, Cookie=cookie,
        Content_Type="application/x-www-form-urlencoded",
        Referer=f"https://{HOST}/cms/login/", Origin=f"https://{HOST}", **how,
    )  # fmt: skip


def test_wrong_passwords_lock_out_the_address_they_come_from_whatever_it_says_of_itself(
    site_behind,
):
    invented = [
        {"X_Real_IP": f"192.0.2.{number}", "X_Forwarded_For": f"192.0.2.{number}"}
        for number in range(10)
    ]
    answers = [sign_in(site_behind, "wrong", **headers) for headers in invented]
    assert [answer.status for answer in answers] == [200] * 9 + [429]
    assert sign_in(site_behind, "right").status == 429
    assert sign_in(site_behind, "right", source="127.0.0.2").status == 302


# --- When the site is down -----------------------------------------------------------------------
def test_a_page_says_so_when_the_server_is_down(var, tmp_path):
    with proxy(tmp_path, var, free_port()) as alone:
        page, file = alone.ask("/sl/"), alone.ask("/static/css/a.css")
        uploads = [alone.ask("/media/images/a.svg"), alone.ask("/documents/7/a.pdf")]
        posted = alone.ask("/cms/login/", "POST", "a=b")
    assert (page.status, page.headers["Retry-After"], page.headers["Cache-Control"]) == (
        502,
        "60",
        "no-store",
    )
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Spletno mesto trenutno ni dosegljivo." in page.body.decode()
    assert (posted.status, posted.body) == (502, page.body)
    assert {one.status for one in (file, *uploads)} == {200}, "files need no server"
