"""What is written into the store of translations, whichever way, is clean or refused."""

import json

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ReferenceIndex
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation

from ecca_site.moderation.models import FileUse
from ecca_site.translation.localize.cleaning import clean_address, clean_text
from ecca_site.uploads.models import CustomDocument
from tests import factories

from .conftest import RICH, segment_of


def save(translation, source_text, text):
    segment = segment_of(translation, source_text)
    return StringTranslation.objects.create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        data=text,
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Opeke živijo <b>dvakrat</b>", "Opeke živijo <b>dvakrat</b>"),
        ("R&D & Co&hellip;", "R&amp;D &amp; Co…"),
        ('<a id="a1">x<a id="a1">y</a></a>', '<a id="a1">x</a><a id="a1">y</a>'),
        ("5 < 6 &amp; 7", "5 &lt; 6 &amp; 7"),
        ("  Opeke\u0000 \u0007živijo ", "Opeke živijo"),
        ("z\u030cive", "žive"),
        ('<a id="a1">drugi</a> <i>pravijo</i>', '<a id="a1">drugi</a> <i>pravijo</i>'),
        ("<strong>dvakrat</strong>", "<strong>dvakrat</strong>"),
        ("Opeke <b>živijo", "Opeke <b>živijo</b>"),
        ("ena\u00a0dve", "ena\u00a0dve"),
    ],
)
def test_a_rich_text_keeps_what_its_features_allow(slovenian, text, kept):
    saved = save(slovenian, RICH, text)
    saved.refresh_from_db()
    assert (saved.data, saved.has_error) == (kept, False)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<script>alert(1)</script>", "<script> is not allowed in this text."),
        ("<img src=x onerror=alert(1)>", "<img> is not allowed in this text."),
        ("<h2>Opeke</h2>", "<h2> is not allowed in this text."),
        ('<b onclick="x()">Opeke</b>', "The attribute onclick is not allowed."),
        ('<a href="javascript:x()">Opeke</a>', "The attribute href is not allowed."),
        ('<a id="a1" href="https://evil.example/">Opeke</a>', "The attribute href is not allowed."),
        ('<a id="a2">Opeke</a>', "The source has no link with the id “a2”."),
        ("<a>Opeke</a>", "The source has no link with the id “”."),
        ("Opeke <!-- x -->", "Comments and declarations are not allowed in a text."),
        ("Opeke <b", "The markup of this text is broken. Write < as &lt; and & as &amp;."),
        ("", "This text is empty. Leave it untranslated instead."),
        (" <b> </b>", "This text is empty. Leave it untranslated instead."),
    ],
)  # fmt: skip
def test_what_a_rich_text_may_not_hold_is_refused_and_not_saved(slovenian, text, reason):
    with pytest.raises(ValidationError) as refused:
        save(slovenian, RICH, text)
    assert refused.value.messages == [reason]
    assert not StringTranslation.objects.exists()


def test_a_plain_text_has_no_markup_but_the_lines_of_a_long_one(slovenian):
    with pytest.raises(ValidationError, match="<b> is not allowed"):
        save(slovenian, "Why reuse", "Zakaj <b>ponovno</b>")
    with pytest.raises(ValidationError, match="<br> is not allowed"):
        save(slovenian, "Why reuse", "Zakaj<br>ponovno")
    assert save(slovenian, "Why reuse", "Zakaj\nponovno").data == "Zakaj ponovno"
    assert save(slovenian, "One<br/>Two", "Ena\r\nDve\nTri").data == "Ena<br/>Dve<br/>Tri"


def test_a_text_fits_its_field(slovenian):
    with pytest.raises(ValidationError, match="has 256"):
        save(slovenian, "Bricks", "č" * 256)
    with pytest.raises(ValidationError, match="it has 61"):
        save(slovenian, "Apply", "č" * 61)
    assert save(slovenian, "Bricks", "č" * 255).data == "č" * 255
    assert save(slovenian, "Apply", "Pridruži &amp; prijavi se").data == "Pridruži &amp; prijavi se"


def test_a_changed_text_is_cleaned_again(slovenian):
    saved = save(slovenian, RICH, "Opeke")
    saved.data = "<script>x</script>"
    with pytest.raises(ValidationError):
        saved.save()
    saved.refresh_from_db()
    assert saved.data == "Opeke"


def test_every_text_cleans_to_itself(slovenian):
    """What wagtail-localize extracts can be its own translation, letter by letter."""
    segments = slovenian.source.stringsegment_set.select_related("string", "context")
    assert segments.count() >= 6
    for segment in segments:
        assert save(slovenian, segment.string.data, segment.string.data).data == segment.string.data


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/x?y=1#z",
        "http://a.example",
        "mailto:a@example.org",
        "tel:+38612345",
        "/sl/",
        "#a",
    ],
)
def test_addresses_that_a_link_may_have(address):
    assert clean_address(f" {address}\n") == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)",
        "data:text/html,x", "vbscript:x",
        "ftp://a.example/", "//evil.example/", "/\\evil.example/", "https:evil", "http://[",
        "mailto:", "",
        "bricks", None, 7, ["https://a.example"],
    ],
)  # fmt: skip
def test_addresses_that_a_link_may_not_have(address):
    with pytest.raises(ValidationError):
        clean_address(address)


def override(translation, data, user=None, **segment):
    context = OverridableSegment.objects.get(source=translation.source, **segment).context
    return SegmentOverride.objects.create(
        context=context,
        locale=translation.target_locale,
        data_json=json.dumps(data),
        last_translated_by=user,
    )


def test_a_link_in_a_rich_text_is_overridden_with_a_clean_address_alone(slovenian):
    where = {"data_json": '"https://bricks.example/"'}
    with pytest.raises(ValidationError):
        override(slovenian, "javascript:alert(1)", **where)
    assert not SegmentOverride.objects.exists()
    assert override(slovenian, " https://opeke.example/ ", **where).data == "https://opeke.example/"
    page = slovenian.source.get_ephemeral_translated_instance(
        slovenian.target_locale, fallback=True
    )
    assert 'href="https://opeke.example/"' in page.body[0].value.source


def test_a_picture_is_overridden_with_one_that_exists_and_may_be_chosen(slovenian, translator):
    where = {"context__path": "lead_image"}
    with pytest.raises(ValidationError, match="does not exist any more"):
        override(slovenian, "999999", **where)
    for nonsense in (None, "", "x", [1], {"a": 1}, 10**30):
        with pytest.raises(ValidationError):
            override(slovenian, nonsense, **where)
    picture = factories.make_image()
    translator.groups.clear()
    with pytest.raises(ValidationError, match="You may not choose this"):
        override(slovenian, picture.pk, translator, **where)
    assert not SegmentOverride.objects.exists()
    assert override(slovenian, str(picture.pk), **where).data == picture.pk


def test_what_is_no_json_is_refused(slovenian):
    context = OverridableSegment.objects.get(
        source=slovenian.source, context__path="lead_image"
    ).context
    with pytest.raises(ValidationError):
        SegmentOverride.objects.create(
            context=context, locale=slovenian.target_locale, data_json="{"
        )


@pytest.mark.parametrize("is_source_deleted", [False, True])
def test_an_override_goes_with_its_picture(slovenian, article, is_source_deleted):
    """wagtail-localize looks the picture up in any case: a preview would fail."""
    picture = factories.make_image()
    override(slovenian, picture.pk, context__path="lead_image")
    # Nothing shows the picture of the source any more; wagtail-localize's copy still names it.
    FileUse.objects.all().delete()
    ReferenceIndex.objects.all().delete()
    (article.lead_image if is_source_deleted else picture).delete()
    assert not SegmentOverride.objects.exists()
    page = slovenian.source.get_ephemeral_translated_instance(
        slovenian.target_locale, fallback=True
    )
    assert page.lead_image == (None if is_source_deleted else article.lead_image)


def test_an_override_stays_when_something_else_of_the_same_number_is_deleted(slovenian):
    picture = factories.make_image()
    chosen = override(slovenian, picture.pk, context__path="lead_image")
    document = CustomDocument.objects.create(pk=picture.pk, title="Same number", file="x.pdf")
    document.delete()
    assert SegmentOverride.objects.get().pk == chosen.pk


def test_without_a_known_field_only_the_tags_of_the_source_pass():
    assert clean_text("<b>x</b>", source="<b>y</b>") == "<b>x</b>"
    with pytest.raises(ValidationError):
        clean_text("<i>x</i>", source="<b>y</b>")
