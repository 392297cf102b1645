"""Films are played in parts."""

import pytest
from django.core.files.base import ContentFile

from ecca_site.uploads.models import CustomDocument
from tests import factories

CONTENT = bytes(range(256)) * 1000


@pytest.fixture
def address(site):
    film = CustomDocument.objects.create(title="Film", file=ContentFile(CONTENT, name="film.mp4"))
    factories.add_content(site, body=factories.linking(film))
    return film.file.url


@pytest.mark.parametrize(("wanted", "first", "last"), [
    ("bytes=0-0", 0, 0), ("bytes=0-99", 0, 99), ("bytes=100-", 100, 255_999),
    ("bytes=-10", 255_990, 255_999),
    ("bytes=255999-999999999", 255_999, 255_999), ("bytes=-999999999", 0, 255_999),
    ("bytes=70000-200000", 70_000, 200_000),
])  # fmt: skip
def test_a_part_is_what_was_asked_for(client, address, wanted, first, last):
    response = client.get(address, HTTP_RANGE=wanted)
    assert response.status_code == 206
    assert b"".join(response.streaming_content) == CONTENT[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/256000"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["Content-Type"] == "video/mp4"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize("wanted", ["bytes=256000-", "bytes=9-1", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(client, address, wanted):
    response = client.get(address, HTTP_RANGE=wanted)
    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */256000"


@pytest.mark.parametrize(
    "wanted", ["", "bytes=-", "bytes=a-b", "bytes=0-1,5-6", "lines=1-2", "bytes=" + "9" * 500 + "-"]
)
def test_everything_else_gets_the_whole(client, address, wanted):
    response = client.get(address, HTTP_RANGE=wanted)
    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"
    assert b"".join(response.streaming_content) == CONTENT


def test_a_changed_file_is_sent_whole(client, address):
    assert client.get(address, HTTP_RANGE="bytes=0-1", HTTP_IF_RANGE='"old"').status_code == 200
