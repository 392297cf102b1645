"""Hostile files are refused with a reason, and no worker grows by looking at them."""

import re
import struct
import zlib
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as PillowImage

from ecca_site.uploads.models import CustomDocument, CustomImage

MOST_GROWTH = 150 * 1024  # kilobytes


def png_of(width, height):
    """A valid PNG of any size out of little: one row of zeros after another."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    rows = (
        b"".join(packer.compress(b"\x00" * (width + 1)) for _row in range(height)) + packer.flush()
    )
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def animation(kind, frames=60):
    pictures = [PillowImage.new("RGB", (200, 200), (index * 4, 0, 0)) for index in range(frames)]
    content = BytesIO()
    pictures[0].save(content, kind, save_all=True, append_images=pictures[1:])
    return content.getvalue()


def picture(kind, **options):
    content = BytesIO()
    PillowImage.new("RGB", (600, 400), (15, 61, 58)).save(content, kind, **options)
    return content.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HOSTILE_PICTURES = {
    "a GIF header and nothing else": ("x.gif", lambda: b"GIF89a"),
    "a GIF header under another name": ("x.png", lambda: b"GIF89a" + b"\x00" * 20),
    "a GIF of 60 frames": ("x.gif", lambda: animation("GIF")),
    "a WebP of 60 frames": ("x.webp", lambda: animation("WEBP")),
    "a PNG of 60 frames": ("x.png", lambda: animation("PNG")),
    "400 megapixels": ("x.png", lambda: png_of(20_000, 20_000)),
    "HTML": ("x.png", lambda: b"<html><script>alert(1)</script></html>"),
    "SVG with a script": ("x.svg", lambda: SVG),
    "SVG under another name": ("x.png", lambda: SVG),
    "half a picture": ("x.jpg", lambda: picture("JPEG")[:500]),
    "nothing": ("x.png", lambda: b""),
}
HOSTILE_DOCUMENTS = {
    "HTML": ("x.html", lambda: b"<html></html>"),
    "a program": ("x.exe", lambda: b"MZ\x90\x00"),
    "HTML as PDF": ("x.pdf", lambda: b"<html><script>alert(1)</script></html>"),
    "a PDF that is also HTML": ("x.pdf", lambda: b"%PDF-1.7 <script>alert(1)</script>"),
    "a program as a sheet": ("x.xlsx", lambda: b"MZ\x90\x00" * 100),
    "HTML as a table": ("x.csv", lambda: b"<html><script>alert(1)</script></html>"),
    "SVG": ("x.svg", lambda: SVG),
}


def upload(client, address, name, content, **fields):
    field = "files[]" if "multiple" in address else "file"
    data = {"title": "File", field: SimpleUploadedFile(name, content), "collection": 1, **fields}
    return client.post(address, data, **AJAX)


AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@contextmanager
def little_memory():
    """Hold that this process never grows by more than MOST_GROWTH meanwhile (Linux)."""

    def kilobytes(name):
        return int(re.search(rf"{name}:\s+(\d+)", Path("/proc/self/status").read_text())[1])

    Path("/proc/self/clear_refs").write_text("5")  # forget the peak of earlier tests
    before = kilobytes("VmRSS")
    yield
    assert kilobytes("VmHWM") - before < MOST_GROWTH


@pytest.mark.parametrize("address", ["/cms/images/add/", "/cms/images/multiple/add/"])
@pytest.mark.parametrize("case", HOSTILE_PICTURES)
def test_hostile_pictures_are_refused_with_a_reason(editor, case, address):
    name, make = HOSTILE_PICTURES[case]
    content = make()
    with little_memory():
        response = upload(editor, address, name, content)
    assert response.status_code == 200
    assert not CustomImage.objects.exists()
    if "multiple" in address:
        assert response.json()["error_message"]
    else:
        assert "error-message" in response.content.decode()


def test_too_many_pixels_are_counted(editor):
    response = upload(editor, "/cms/images/multiple/add/", "x.png", png_of(20_000, 20_000))
    message = "This picture has 400 million pixels; at most 40 million are possible."
    assert response.json()["error_message"] == message


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.exe", b"MZ\x90\x00", "File extension “exe” is not allowed."),
        ("x.pdf", b"<html></html>", "This file is not a PDF file."),
    ],
)
def test_a_refused_document_hears_one_reason(editor, name, content, reason):
    message = upload(editor, "/cms/documents/multiple/add/", name, content).json()["error_message"]
    assert message.startswith(reason)
    assert "\n" not in message


@pytest.mark.parametrize("address", ["/cms/documents/add/", "/cms/documents/multiple/add/"])
@pytest.mark.parametrize("case", HOSTILE_DOCUMENTS)
def test_hostile_documents_are_refused_with_a_reason(editor, case, address):
    name, make = HOSTILE_DOCUMENTS[case]
    response = upload(editor, address, name, make())
    assert response.status_code == 200
    assert not CustomDocument.objects.exists()
    if "multiple" in address:
        assert response.json()["error_message"]
    else:
        assert "error-message" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "kind"), [("x.png", "PNG"), ("x.jpg", "JPEG"), ("x.webp", "WEBP"), ("x.avif", "AVIF")]
)
def test_real_pictures_are_taken(editor, name, kind):
    upload(editor, "/cms/images/add/", name, picture(kind))
    assert CustomImage.objects.get().width == 600


@pytest.mark.parametrize(("name", "content"), [
    ("x.pdf", b"%PDF-1.7\n"), ("x.docx", b"PK\x03\x04more"), ("x.csv", b"a;b\n1;2\n"),
    ("x.vtt", b"WEBVTT\n"),
    ("x.ics", b"BEGIN:VCALENDAR\r\n"),
])  # fmt: skip
def test_real_documents_are_taken(editor, name, content):
    upload(editor, "/cms/documents/add/", name, content)
    assert CustomDocument.objects.count() == 1


def test_uploads_are_served_so_that_nothing_in_them_runs(editor, client):
    upload(editor, "/cms/images/add/", "x.png", picture("PNG"))
    response = client.get(CustomImage.objects.get().file.url)
    assert response.status_code == 200
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    upload(editor, "/cms/documents/add/", "x.csv", b"a;b\n")
    response = client.get(CustomDocument.objects.get().url)
    assert response["Content-Disposition"].startswith("attachment")
