"""Nothing that can be sent to a form of a conference makes a 500.

Generated submissions, whose seed is printed.
"""

import datetime
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from conferences.models import Contribution, Registration
from ecca_site.intake.submissions import new_stamp
from ecca_site.mail.models import Mail
from tests.left_out import SEED

from .programmes import session
from .registering import link_in, open_conference, register

SHARE, ALL = 300, 10_000

VALUES = [
    "", " ", "abc", "a" * 5000, "\x00", "a\x00b", "\ud7ff", "\u202e", "漢字", "😀" * 200,
    "<script>alert(1)</script>",
    "{{ 7*7 }}", "' OR 1=1 --", "../../etc/passwd", "-1", "0", "1e9", "NaN", "99999999999999999999",
    "null", "on",
    "cancel", "accept",
    "a@b", "a@example.org", "a@" + "b" * 300 + ".si", "\r\nBcc: x@y.si", "session:", "|", "%00",
    "%FF",
]  # fmt: skip
NAMES = [
    "name", "email", "organisation", "dietary", "accessibility", "sessions", "consent", "stamp",
    "fax", "action",
    "title", "abstract", "language", "role", "file", "s", "", "csrfmiddlewaretoken", "unknown",
]  # fmt: skip
FILES = [
    ("a.pdf", b"%PDF-1"),
    ("a.pdf", b""),
    ("a" * 400 + ".pdf", b"%PDF-1"),
    ("..\\..\\x.docx", b"PK\x03\x04"),
    ("x", b"x"),
]


@pytest.fixture
def forms(conferences, client, quick, without_limits):
    page = open_conference(
        conferences, session("09:00", "10:00", "Bricks"), capacity=5,
        questions=["dietary", "sessions", "accessibility"],
        call_deadline_at=timezone.now() + datetime.timedelta(days=30),
    )  # fmt: skip
    register(client, page)
    return [
        f"/en/conference/{page.pk}/register/", f"/en/conference/{page.pk}/contribute/",
        link_in(Mail.objects.get()),
        f"/en/conference/{page.pk}/my-programme/",
    ]  # fmt: skip


def send(number, forms, capsys):
    with capsys.disabled():
        print(f"\n{number} generated submissions, seed {SEED} (ECCA_TEST_SEED repeats them)")
    chance, client, seen = random.Random(SEED), Client(raise_request_exception=False), set()
    good = {"name": "N", "title": "T", "abstract": "A", "language": "en", "consent": "on"}
    for count in range(number):
        data = (
            {**good, "email": f"n{count}@example.org", "stamp": new_stamp()}
            if chance.random() < 0.7
            else {}
        )
        for name in chance.choices(NAMES, k=chance.randint(0, 3)):
            data[name] = chance.choice(VALUES)
        if chance.random() < 0.2:
            data["file"] = (
                SimpleUploadedFile(*chance.choice(FILES)) if chance.random() < 0.9 else "text"
            )
        address, method = (
            chance.choice(forms),
            chance.choice(["post", "post", "post", "get", "put", "delete"]),
        )
        if method in ("get", "post"):
            response = getattr(client, method)(address, data)
        else:
            response = getattr(client, method)(
                address, "a=\x00", content_type="application/x-www-form-urlencoded"
            )
        assert response.status_code < 500, (method, address, data)
        seen.add(response.status_code)
    assert {200, 302, 405, 422} <= seen
    assert Registration.objects.filter(state="registered").count() <= 5
    assert Contribution.objects.filter(title="").count() == 0


@pytest.mark.filterwarnings("ignore")
@pytest.mark.whole
def test_generated_submissions_make_no_500(forms, capsys):
    send(SHARE, forms, capsys)


@pytest.mark.soak
@pytest.mark.filterwarnings("ignore")
def test_many_generated_submissions_make_no_500(forms, capsys):
    send(ALL, forms, capsys)
