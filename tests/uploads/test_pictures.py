"""What becomes of a picture on its way in.

Whatever its kind, it can be shown, and says nothing but what it shows.
"""

from io import BytesIO
from urllib.parse import unquote

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image as PillowImage
from PIL import ImageCms
from wagtail.models import UploadedFile

from ecca_site.uploads import conversion as intake
from ecca_site.uploads.images import RENDITION_SPECS, CustomImage
from tests.uploads.test_uploads import little_memory

ADD, MULTIPLE, CHOOSER = (
    "/cms/images/add/",
    "/cms/images/multiple/add/",
    "/cms/images/chooser/create/",
)
AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
RED = (200, 30, 60)


def encoded(image, kind, **options):
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def plain(mode, color, size=(60, 40)):
    return PillowImage.new(mode, size, color)


def taken_in(name, content):
    """Return the picture that is left of an upload, and its name."""
    upload = SimpleUploadedFile(name, content)
    intake.take_in(upload)
    stored = PillowImage.open(BytesIO(upload.read()))
    stored.load()
    return stored, upload.name


def upload(client, name, content, address=ADD, **extra):
    field = {ADD: "file", MULTIPLE: "files[]", CHOOSER: "image-chooser-upload-file"}[address]
    data = {
        "title": "Scan",
        "image-chooser-upload-title": "Scan",
        "image-chooser-upload-collection": 1,
    }
    return client.post(
        address, data | {"collection": 1, field: SimpleUploadedFile(name, content)}, **extra
    )


# --- Every kind becomes one that every format can be written from --------------------------------
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
KINDS = {
    "16 bits of grey": (lambda: encoded(plain("I;16", 40_000), "PNG"), "PNG", (156, 156, 156)),
    "1 bit": (lambda: encoded(plain("1", 1), "PNG"), "PNG", (255, 255, 255)),
    "grey": (lambda: encoded(plain("L", 99), "PNG"), "PNG", (99, 99, 99)),
    "grey with an alpha channel": (lambda: encoded(plain("LA", (99, 50)), "PNG"), "PNG",
        (99, 99, 99, 50)),
    "a palette": (lambda: encoded(plain("RGB", RED).quantize(4), "PNG"), "PNG", RED),
    "a palette with a transparent colour": (
        lambda: encoded(plain("RGB", RED).quantize(4), "PNG", transparency=0), "PNG", (*RED, 0),
    ),
    "a transparent colour": (lambda: encoded(plain("RGB", RED), "PNG", transparency=RED), "PNG",
        (*RED, 0)),
    "a transparent grey of 16 bits": (lambda: encoded(plain("I;16", 514), "PNG", transparency=514),
        "PNG", (2, 2, 2)),
    "an alpha channel that hides nothing": (lambda: encoded(plain("RGBA", (*RED, 255)), "PNG"),
        "PNG", RED),
    "CMYK": (lambda: encoded(plain("CMYK", (0, 0, 0, 0)), "JPEG"), "JPEG", (255, 255, 255)),
    "CMYK with another profile": (
        lambda: encoded(plain("CMYK", (0, 0, 0, 0)), "JPEG", icc_profile=SRGB), "JPEG",
        (255, 255, 255),
    ),
    "progressive": (lambda: encoded(plain("RGB", RED), "JPEG", progressive=True), "JPEG", RED),
    "a broken profile": (lambda: encoded(plain("RGB", RED), "JPEG", icc_profile=b"profile" * 30),
        "JPEG", RED),
    "a profile of another space": (lambda: encoded(plain("RGB", RED), "JPEG", icc_profile=LAB),
        "JPEG", RED),
    "grey with a profile of colours": (lambda: encoded(plain("L", 99), "JPEG", icc_profile=SRGB),
        "JPEG", (99,) * 3),
    "broken metadata": (lambda: encoded(plain("RGB", RED), "JPEG", exif=b"Exif\0\0II*\0x"), "JPEG",
        RED),
    "a second picture behind it": (
        lambda: encoded(plain("RGB", RED), "MPO", save_all=True, append_images=[plain("RGB", 0)]),
        "JPEG", RED,
    ),
    "WebP without loss": (lambda: encoded(plain("RGB", RED), "WEBP", lossless=True), "WEBP", RED),
    "AVIF": (lambda: encoded(plain("RGB", RED), "AVIF"), "JPEG", RED),
    "AVIF with an alpha channel": (lambda: encoded(plain("RGBA", (*RED, 50)), "AVIF"), "WEBP",
        (*RED, 50)),
    "HEIC": (lambda: encoded(plain("RGB", RED), "HEIF"), "JPEG", RED),
    "HEIC of 16 bits of grey": (lambda: encoded(plain("I;16", 40_000), "HEIF"), "JPEG",
        (156, 156, 156)),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_becomes_plain_and_keeps_its_colour(kind):
    make, target_format, color = KINDS[kind]
    stored, name = taken_in("picture.png", make())
    assert stored.format == target_format
    assert stored.mode == ("RGB" if len(color) == 3 else "RGBA")
    found = stored.getpixel((30, 20))
    assert all(abs(one - other) <= 4 for one, other in zip(found, color, strict=True)), (
        found,
        color,
    )
    assert (
        name == {"PNG": "picture.png", "JPEG": "picture.jpg", "WEBP": "picture.webp"}[target_format]
    )


def test_numbers_that_are_no_colours_become_greys():
    """No format that is taken holds them, but pictures from before may."""
    assert intake.plain(plain("F", 0.5)).getpixel((1, 1)) == (128, 128, 128)
    assert intake.plain(plain("F", 51.0)).getpixel((1, 1)) == (51, 51, 51)
    assert intake.plain(plain("I", 102)).getpixel((1, 1)) == (102, 102, 102)
    assert intake.plain(plain("I", 65_535)).getpixel((1, 1)) == (255, 255, 255)
    assert intake.plain(plain("I;16B", 65_535)).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("name", ["PNG", "WEBP", "AVIF", "HEIF"])
def test_half_a_picture_is_refused(name):
    noise = PillowImage.effect_noise((200, 200), 90).convert("RGB")
    content = encoded(noise, name)
    with pytest.raises(ValidationError, match="not a picture that can be read"):
        intake.take_in(SimpleUploadedFile("picture.png", content[: len(content) // 2]))


@pytest.mark.parametrize("address", [ADD, MULTIPLE, CHOOSER])
def test_an_accepted_picture_is_there_in_every_format_and_size(editor, address):
    upload(editor, "scan.png", encoded(plain("I;16", 40_000, (1700, 30)), "PNG"), address, **AJAX)
    image = CustomImage.objects.get()
    assert image.made.keys() == set(RENDITION_SPECS)
    for spec in RENDITION_SPECS:
        with (
            image.renditions.get(filter_spec=spec).file.open() as file,
            PillowImage.open(file) as made,
        ):
            assert made.width == int(spec.rpartition("-")[2])
            assert made.getpixel((5, 5)) == pytest.approx((156, 156, 156), abs=4)
    assert editor.get("/cms/images/").status_code == 200
    assert editor.get(f"/cms/images/{image.pk}/").status_code == 200


def test_no_name_of_a_file_becomes_an_alternative_text(editor):
    """A chooser hands it to the block that the picture is chosen for."""
    file = SimpleUploadedFile("IMG_2034.png", encoded(PillowImage.new("RGB", (40, 30)), "PNG"))
    for description in ("", "Bricks on a pallet"):
        file.seek(0)
        image = CustomImage(title="IMG_2034", file=file, description=description)
        image.save()
        answer = editor.get(f"/cms/images/chooser/chosen/{image.pk}/").json()["result"]
        assert answer["title"] == "IMG_2034"
        assert answer["default_alt_text"] == description


def test_what_cannot_be_written_in_a_format_is_refused_beside_its_field(editor, monkeypatch):
    monkeypatch.setattr(intake, "LONGEST_STORED_SIDE", 20_000)  # WebP ends at 16,383
    content = encoded(plain("RGB", RED, (20, 17_000)), "PNG")
    response = upload(editor, "scroll.png", content, MULTIPLE, **AJAX)
    reason = "This picture cannot be shown in every size. Save it anew with another program."
    assert response.json()["error_message"] == reason
    assert not CustomImage.objects.exists()


def test_a_new_file_of_a_picture_is_taken_in_like_the_first(editor):
    upload(editor, "one.png", encoded(plain("RGB", RED), "PNG"))
    image = CustomImage.objects.get()
    first = dict(image.made)
    data = {
        "title": "Scan",
        "collection": 1,
        "file": SimpleUploadedFile("two.heic", encoded(plain("L", 99), "HEIF")),
    }
    editor.post(f"/cms/images/{image.pk}/", data)
    image.refresh_from_db()
    assert image.file.name.endswith(".jpg")
    assert image.made.keys() == set(RENDITION_SPECS)
    assert not {name for name, _width, _height in first.values()} & {
        row[0] for row in image.made.values()
    }
    assert image.renditions.filter(filter_spec__in=RENDITION_SPECS).count() == len(RENDITION_SPECS)


def test_an_upload_that_is_kept_aside_for_its_title_is_clean_already(editor):
    """Wagtail keeps the upload itself where a field besides the file is wrong, and makes a picture
    of it later.
    """
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 '
        b'9"><script>evil()</script><path d="M0 0"/></svg>'
    )
    editor.post(
        MULTIPLE,
        {"title": "", "collection": 1, "files[]": SimpleUploadedFile("x.svg", drawing)},
        **AJAX,
    )
    kept = UploadedFile.objects.get()
    with kept.file.open() as file:
        assert b"evil" not in file.read()
    data = {f"uploaded-image-{kept.pk}-title": "Drawing", f"uploaded-image-{kept.pk}-collection": 1}
    editor.post(f"/cms/images/multiple/create_from_uploaded_image/{kept.pk}/", data, **AJAX)
    with CustomImage.objects.get(title="Drawing").file.open() as file:
        assert b"evil" not in file.read()


def test_an_upload_in_a_file_of_its_own_is_rewritten_there():
    upload_file = TemporaryUploadedFile("scan.png", "image/png", 0, None)
    upload_file.write(encoded(plain("I;16", 40_000), "PNG"))
    intake.take_in(upload_file)
    with PillowImage.open(upload_file.temporary_file_path()) as stored:
        assert stored.mode == "RGB"
    upload_file.close()


# --- What a camera adds --------------------------------------------------------------------------
def with_metadata(orientation=1):
    exif = PillowImage.Exif()
    exif[0x0112], exif[0x010F], exif[0xA430] = orientation, "Secret maker", "Secret owner"
    exif[0x8825] = {1: "N", 2: (46.0, 3.0, 0.0), 3: "E", 4: (14.0, 30.0, 0.0)}
    return exif.tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_no_public_file_says_where_and_by_whom_it_was_taken(editor, kind):
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Secret place</x:xmpmeta>"
    options = {} if kind in ("PNG", "HEIF") else {"xmp": xmp}
    if kind == "JPEG":
        options["comment"] = b"Secret comment"
    content = encoded(plain("RGB", RED), kind, exif=with_metadata(), **options)
    assert b"Secret" in content
    upload(editor, f"x.{kind.lower().replace('heif', 'heic')}", content)
    image = CustomImage.objects.get()
    image.get_rendition("max-165x165")
    files = [image.file, *(rendition.file for rendition in image.renditions.all())]
    assert len(files) == 9
    for file in files:
        with file.open() as opened:
            content = opened.read()
        assert b"Secret" not in content
        with PillowImage.open(BytesIO(content)) as stored:
            assert len(stored.getexif()) == 0


def test_a_picture_stored_before_loses_its_metadata_in_what_is_made_of_it(site):
    content = encoded(plain("RGB", RED), "JPEG", exif=with_metadata(orientation=6))
    image = CustomImage.objects.create(title="Old", file=SimpleUploadedFile("old.jpg", content))
    with image.get_rendition("max-30x30").file.open() as file:
        made = file.read()
    assert b"Secret" not in made
    assert PillowImage.open(BytesIO(made)).size == (20, 30)


# Where the red corner of a picture comes to lie that is stored with it on the upper left.
CORNERS = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}


@pytest.mark.parametrize("orientation", CORNERS)
def test_a_picture_is_turned_upright(orientation):
    picture = plain("RGB", 0)
    picture.paste((255, 0, 0), (0, 0, 20, 20))
    stored, _name = taken_in(
        "x.jpg", encoded(picture, "JPEG", exif=with_metadata(orientation), quality=95)
    )
    assert stored.size == ((60, 40) if orientation < 5 else (40, 60))
    right, below = CORNERS[orientation]
    place = (stored.width - 8 if right else 8, stored.height - 8 if below else 8)
    assert stored.getpixel(place) == pytest.approx((255, 0, 0), abs=12)


# --- Large ones ----------------------------------------------------------------------------------
def test_48_megapixels_are_made_smaller_without_growing_the_process_and_said():
    content = encoded(plain("L", 99, (8064, 6048)), "JPEG")
    with little_memory():
        upload_file = SimpleUploadedFile("x.jpg", content)
        notes = intake.take_in(upload_file)
    assert notes == ["This picture was made smaller, from 8064 × 6048 to 3265 × 2449 pixels."]
    assert PillowImage.open(upload_file).size == (3265, 2449)


@pytest.mark.parametrize("size", [(20_000, 2), (1, 9_000)])
def test_very_long_pictures_stay_pictures(size):
    stored, _name = taken_in("x.png", encoded(plain("RGB", RED, size), "PNG"))
    assert max(stored.size) == intake.LONGEST_STORED_SIDE
    assert min(stored.size) == 1


def test_the_limit_of_a_jpeg_counts_before_it_is_decoded(monkeypatch):
    monkeypatch.setattr(intake, "MOST_JPEG_PIXELS", 2_000_000)
    monkeypatch.setattr(intake, "MOST_PROGRESSIVE_PIXELS", 1_000_000)
    content = plain("L", 99, (1500, 1000))
    taken_in("x.jpg", encoded(content, "JPEG"))
    with pytest.raises(ValidationError, match="has 2 million pixels; at most 1 million"):
        taken_in("x.jpg", encoded(content, "JPEG", progressive=True))


# --- Its uploader is told ------------------------------------------------------------------------
def test_a_form_that_loads_a_page_says_what_became_of_the_picture(editor):
    response = upload(editor, "IMG_1.HEIC", encoded(plain("RGB", RED), "HEIF"))
    told = [str(message) for message in get_messages(response.wsgi_request)]
    assert "IMG_1.HEIC: This picture was converted from HEIC to JPEG." in told


@pytest.mark.parametrize("address", [MULTIPLE, CHOOSER])
def test_a_script_that_uploads_is_given_what_to_say(editor, address):
    response = upload(editor, "IMG_1.HEIC", encoded(plain("RGB", RED), "HEIF"), address, **AJAX)
    assert (
        unquote(response["X-Upload-Notes"])
        == "IMG_1.HEIC: This picture was converted from HEIC to JPEG."
    )
    response = upload(editor, "x.png", encoded(plain("RGB", 0), "PNG"), address, **AJAX)
    assert "X-Upload-Notes" not in response


def test_what_is_left_out_of_a_drawing_is_named(editor):
    content = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0"/>'
        b'<image href="data:image/png;base64,AA=="/><metadata/></svg>'
    )
    response = upload(editor, "x.svg", content, MULTIPLE, **AJAX)
    assert (
        unquote(response["X-Upload-Notes"])
        == "x.svg: Left out of this drawing: image. Compare it with the original."
    )
