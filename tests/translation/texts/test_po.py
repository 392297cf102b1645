"""PO files go out and come in again, whole or not at all."""

import subprocess
import sys

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from wagtail_localize.models import StringTranslation

from ecca_site.i18n.languages import babel_locale
from ecca_site.translation.localize import po
from tests import factories

from .conftest import BODY, RICH, segment_of

TRANSLATED = {
    "Bricks": "Opeke čšž – „živijo“ \\ dvakrat",
    "One<br/>Two": "Ena<br/>Dve",
    RICH: 'Opeke živijo <b>dvakrat</b>, kot <a id="a1">drugi</a> pravijo &amp; kažejo.',
    "Why reuse": "Zakaj ponovno 100 %",
    "Join": "Pridruži se",
    "Apply": "Prijava",
}


@pytest.fixture
def signed_in(client, translator):
    client.force_login(translator)
    return client


def download(client, translation):
    return client.get(
        reverse("wagtail_localize:download_pofile", args=[translation.pk])
    ).content.decode()


def upload(client, translation, content, **data):
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("texts.po", content)
    return client.post(
        reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": file, **data}
    )


def errors_of(response):
    assert response.status_code == 422
    return response.context["form"].errors.get("file", [])


def filled(text, translated=TRANSLATED, **metadata):
    """Return a PO file with its entries translated, as a program for translators would."""
    file = polib.pofile(text)
    file.metadata |= metadata
    for entry in file:
        entry.msgstr = translated.get(entry.msgid, entry.msgstr)
    return str(file)


def test_our_views_stand_at_the_addresses_of_wagtail_localize(slovenian):
    for name, ours in (("download_pofile", "po_download"), ("upload_pofile", "po_upload")):
        assert (
            resolve(reverse(f"wagtail_localize:{name}", args=[1])).view_name
            == f"translation_texts:{ours}"
        )


def test_a_file_says_what_it_is_for(signed_in, slovenian):
    response = signed_in.get(reverse("wagtail_localize:download_pofile", args=[slovenian.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="bricks-sl.po"'
    file = polib.pofile(response.content.decode())
    assert file.metadata["Language"] == "sl"
    assert file.metadata["Plural-Forms"].startswith("nplurals=4; plural=(n%100==1 ?")
    assert file.metadata["Content-Type"] == "text/plain; charset=UTF-8"
    assert file.metadata["X-WagtailLocalize-TranslationID"] == str(slovenian.uuid)
    assert [entry.msgid for entry in file] == [
        "Bricks",
        "One<br/>Two",
        RICH,
        "Why reuse",
        "Join",
        "Apply",
    ]
    rich = file[2]
    assert rich.msgctxt == f"body.{BODY[0]['id']}"
    assert rich.comment == "Text\na1: https://bricks.example/"
    assert {entry.msgstr for entry in file} == {""}


@pytest.mark.parametrize("language_code", ["sl", "pl", "es", "pt", "hu", "sr-latn"])
def test_every_language_has_its_headers(article, translate, language_code):
    metadata = po.export(translate(article, language_code)).metadata
    assert metadata["Language"] == babel_locale(language_code)
    forms = {"sl": 4, "pl": 3, "sr-latn": 3}.get(language_code, 2)
    assert metadata["Plural-Forms"].startswith(f"nplurals={forms};")


def test_a_file_goes_round(signed_in, slovenian, translator):
    response = upload(signed_in, slovenian, filled(download(signed_in, slovenian)))
    assert response.status_code == 302
    saved = StringTranslation.objects.select_related("translation_of")
    assert {text.translation_of.data: text.data for text in saved} == TRANSLATED
    assert {(text.translation_type, text.tool_name, text.last_translated_by) for text in saved} == {
        ("manual", "PO file", translator)
    }
    again = download(signed_in, slovenian)
    assert {entry.msgid: entry.msgstr for entry in polib.pofile(again)} == TRANSLATED
    before = set(saved.values_list("pk", "updated_at"))
    response = upload(signed_in, slovenian, again)
    assert set(saved.values_list("pk", "updated_at")) == before
    page = slovenian.source.get_ephemeral_translated_instance(slovenian.target_locale)
    assert page.title == "Opeke čšž – „živijo“ \\ dvakrat"
    assert '<a href="https://bricks.example/">drugi</a>' in page.body[0].value.source


def test_nothing_is_published_or_submitted_by_a_file(signed_in, slovenian):
    upload(signed_in, slovenian, filled(download(signed_in, slovenian)))
    page = slovenian.get_target_instance()
    assert (page.live, page.title, page.current_workflow_state) == (False, "Bricks", None)


def test_a_file_of_another_encoding_comes_in(signed_in, slovenian):
    text = filled(download(signed_in, slovenian), {"Bricks": "Opeke čšž"}).replace(
        "charset=UTF-8", "charset=cp1250"
    )
    assert upload(signed_in, slovenian, text.replace("→", "-").encode("cp1250")).status_code == 302
    assert StringTranslation.objects.get(translation_of__data="Bricks").data == "Opeke čšž"


def test_ends_of_lines_and_a_byte_order_mark_do_not_matter(signed_in, slovenian):
    text = filled(download(signed_in, slovenian), {"Bricks": "Opeke"})
    for content in ("\ufeff" + text, text.replace("\n", "\r\n"), text.replace("\n", "\r")):
        StringTranslation.objects.all().delete()
        assert upload(signed_in, slovenian, content).status_code == 302
        assert StringTranslation.objects.get().data == "Opeke"


def test_fuzzy_and_empty_entries_are_left_out_and_counted(signed_in, slovenian):
    file = polib.pofile(
        filled(download(signed_in, slovenian), {"Bricks": "Opeke", "Join": "Pridruži se"})
    )
    file.find("Join").flags.append("fuzzy")
    response = upload(signed_in, slovenian, str(file))
    assert StringTranslation.objects.get().data == "Opeke"
    message = str(next(iter(response.wsgi_request._messages))).strip()
    assert message == "1 text was saved. 1 fuzzy text was left out. 4 texts are not translated yet."


def test_what_a_machine_wrote_is_fuzzy_and_confirmed_by_taking_the_mark_away(
    signed_in, slovenian, translator
):
    segment = segment_of(slovenian, "Bricks")
    StringTranslation.objects.create(
        translation_of=segment.string, context=segment.context, locale=slovenian.target_locale,
        data="Opeke",
        translation_type="machine", tool_name="LibreTranslate",
    )  # fmt: skip
    text = download(signed_in, slovenian)
    assert polib.pofile(text).find("Bricks").fuzzy
    upload(signed_in, slovenian, text)
    assert StringTranslation.objects.get().translation_type == "machine"
    upload(signed_in, slovenian, text.replace("#, fuzzy\n", ""))
    confirmed = StringTranslation.objects.get()
    assert (confirmed.translation_type, confirmed.last_translated_by) == ("manual", translator)


def test_a_text_that_stands_twice_in_one_place_is_one_entry(signed_in, site, slovenian, translate):
    body = [{**BODY[0], "value": "<p>Again</p><p>Again</p>"}]
    translation = translate(factories.add_content(site, title="Twice", body=body), "sl")
    text = download(signed_in, translation)
    assert [entry.msgid for entry in polib.pofile(text)] == ["Twice", "Again"]
    assert upload(signed_in, translation, filled(text, {"Again": "Spet"})).status_code == 302
    page = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    assert page.body[0].value.source == "<p>Spet</p><p>Spet</p>"


def test_a_file_from_before_the_source_changed_keeps_its_worth(signed_in, slovenian, article):
    text = filled(download(signed_in, slovenian))
    article.title = "Bricks and more"
    article.save_revision().publish()
    slovenian.source.update_from_db()
    response = upload(signed_in, slovenian, text)
    assert response.status_code == 302
    message = str(next(iter(response.wsgi_request._messages))).strip()
    assert message == "5 texts were saved. 1 text is no longer on the page and was left out."


def change(old, new):
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("spoil", "errors"),
    [
        (lambda text: "", ["The submitted file is empty."]),
        (lambda text: "\n \n", ["This file holds no texts."]),
        (lambda text: "# only a comment\n", ["This file holds no texts."]),
        (lambda text: text[: text.index("#. Title")] + "\n", ["This file holds no texts."]),
        (lambda text: "PK\x03\x04", ["Line 1: This is not PO syntax."]),
        (lambda text: "/etc/passwd", ["Line 1: This is not PO syntax."]),
        (lambda text: b"\xff\xfe\x00#", ["Line 1: This cannot be read as utf-8."]),
        (lambda text: text.encode("utf-16"), ["Line 1: This cannot be read as utf-8."]),
        (lambda text: text + "\n\x00", ["Line 47: This is not a text."]),
        (change("charset=UTF-8", "charset=klingon"),
            [("Line 9: The encoding “klingon” is unknown. Use UTF-8.")]),
        (change("charset=UTF-8", "charset=hex"),
            [("Line 9: The encoding “hex” is unknown. Use UTF-8.")]),
        (lambda text: b"# \xe8\n" + text.encode(), ["Line 1: This cannot be read as utf-8."]),
        (lambda text: text.encode() + b"\n# \xe8\n", ["Line 47: This cannot be read as utf-8."]),
        (change('msgid "Bricks"', 'msgid "Bricks'), ["Line 16: This is not PO syntax."]),
        (change('msgid "Bricks"', 'msgid "Br"icks"'), ["Line 16: This is not PO syntax."]),
        (change('msgid "Bricks"', 'msgstr "Bricks"'), ["Line 16: This is not PO syntax."]),
        (lambda text: text[: text.rindex("msgstr")],
            [("Line 44: The file ends in the middle of an entry.")]),
        (change('msgctxt "title"\n', ""),
            [("Line 15: The entry does not say where its text stands (msgctxt).")]),
        (change('msgctxt "title"', 'msgctxt "nowhere"'),
            [("Line 16: This text is not of this page.")]),
        (change('msgid "Bricks"', 'msgid "Mortar"'), ["Line 16: This text is not of this page."]),
        (
            change('msgid "Bricks"', 'msgid "Bricks"\nmsgid_plural "Bricks"'),
            ["Line 16: A text of a page has no plural forms."],
        ),
        (
            lambda text: text + '\nmsgctxt "title"\nmsgid "Bricks"\nmsgstr "Zidaki"\n',
            ["Line 48: This text is in the file twice."],
        ),
        (
            change("Opeke čšž", "<script>x</script>"),
            ["Line 16: <script> is not allowed in this text."],
        ),
        (
            change('<a id=\\"a1\\">drugi', '<a id=\\"a1\\" href=\\"javascript:x()\\">drugi'),
            ["Line 27: The attribute href is not allowed."],
        ),
        (change("X-WagtailLocalize-TranslationID: ", "X-Other: "), [
            ("Line 1: The header does not say which translation this file is for "
            "(X-WagtailLocalize-TranslationID).")
        ]),
        (change("X-WagtailLocalize-TranslationID: ", "X-WagtailLocalize-TranslationID: 0"), [
            "Line 12: This file is for another page, language or site."
        ]),
        (change('"Language: sl', '"Language: hr'), ["Line 7: The language is hr instead of sl."]),
    ],
)  # fmt: skip
def test_a_broken_or_foreign_file_is_refused_whole_with_line_and_reason(
    signed_in, slovenian, spoil, errors
):
    content = spoil(filled(download(signed_in, slovenian)))
    assert errors_of(upload(signed_in, slovenian, content)) == errors
    assert not StringTranslation.objects.exists()


def test_a_plural_is_refused(signed_in, slovenian):
    file = polib.pofile(download(signed_in, slovenian))
    file[0].msgid_plural, file[0].msgstr_plural = "Bricks", {0: "a", 1: "b"}
    assert errors_of(upload(signed_in, slovenian, str(file))) == [
        "Line 16: A text of a page has no plural forms."
    ]


def test_a_file_for_another_page_or_language_is_named_to_who_works_on_that(
    signed_in, slovenian, polish, site, translate, client, admin_user
):
    timber = translate(factories.add_content(site, title="Timber"), "sl")
    wrong = filled(str(po.export(timber)))
    assert errors_of(upload(signed_in, slovenian, wrong)) == [
        "Line 12: This file is for “Timber” in Slovenščina."
    ]
    other_language = str(po.export(polish))
    assert errors_of(upload(signed_in, slovenian, other_language)) == [
        "Line 12: This file is for another page, language or site."
    ]
    client.force_login(admin_user)
    assert errors_of(upload(client, slovenian, other_language)) == [
        "Line 12: This file is for “Bricks” in Polski."
    ]


def test_a_request_without_a_file_and_one_with_too_large_a_file_are_refused(signed_in, slovenian):
    address = reverse("wagtail_localize:upload_pofile", args=[slovenian.pk])
    assert errors_of(signed_in.post(address)) == ["This field is required."]
    large = errors_of(upload(signed_in, slovenian, "#" * (po.MAX_SIZE + 1)))
    assert large == ["This file is too large: at most 2 MB."]
    assert signed_in.get(address).status_code == 200


def test_the_reasons_are_in_the_language_of_the_translator(signed_in, slovenian, translator):
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=translator, defaults={"preferred_language": "sl"})
    response = signed_in.post(reverse("wagtail_localize:upload_pofile", args=[slovenian.pk]))
    assert "To polje je obvezno." in response.content.decode()


def test_what_is_under_review_takes_no_file(signed_in, slovenian, translator):
    text = filled(download(signed_in, slovenian))
    page = slovenian.get_target_instance()
    page.save_revision(user=translator)
    page.get_workflow().start(page, translator)
    assert upload(signed_in, slovenian, text).url == slovenian.get_target_instance_edit_url()
    assert not StringTranslation.objects.exists()


def test_the_way_back_is_an_address_of_this_site(signed_in, slovenian):
    text = filled(download(signed_in, slovenian))
    edit = slovenian.get_target_instance_edit_url()
    assert upload(signed_in, slovenian, text, next="https://evil.example/").url == edit
    assert upload(signed_in, slovenian, text, next="/cms/reports/").url == "/cms/reports/"


def test_a_file_costs_the_same_for_one_and_for_many_texts(
    signed_in, site, translate, django_assert_max_num_queries
):
    rows = [{"type": "heading", "value": f"Heading {number}"} for number in range(60)]
    translation = translate(factories.add_content(site, title="Long", body=rows), "sl")
    text = download(signed_in, translation)
    with django_assert_max_num_queries(29):
        assert len(polib.pofile(download(signed_in, translation))) == 61
    with django_assert_max_num_queries(30):
        assert errors_of(upload(signed_in, translation, filled(text, {"Long": "<b>Dolg</b>"})))


def test_pofilter_finds_no_error(signed_in, slovenian, tmp_path):
    """translate-toolkit's checks of syntax, markup and placeholders."""
    upload(signed_in, slovenian, filled(download(signed_in, slovenian)))
    (tmp_path / "in.po").write_text(download(signed_in, slovenian))
    tests = (
        "xmltags newlines tabs blank untranslated nplurals printf pythonbraceformat variables"
    ).split()
    checks = [f"--test={name}" for name in tests]
    subprocess.run(
        [sys.executable, "-m", "translate.filters.pofilter", "--progress=none", "--language=sl",
         *checks,
         str(tmp_path / "in.po"), str(tmp_path / "out.po")], check=True,
    )  # fmt: skip
    assert not (tmp_path / "out.po").exists(), (tmp_path / "out.po").read_text()


def test_a_file_with_thousands_of_tags_is_refused_with_its_line(signed_in, slovenian):
    bomb = {**TRANSLATED, "Bricks": "<b>" * 20_000}
    content = filled(download(signed_in, slovenian), bomb)
    [error] = errors_of(upload(signed_in, slovenian, content))
    assert error.startswith("Line ")
    assert "too much markup" in error
    assert not StringTranslation.objects.exists()


def test_half_a_character_is_no_text(signed_in, slovenian):
    content = download(signed_in, slovenian).replace("charset=UTF-8", "charset=unicode_escape")
    broken = content.replace('msgstr ""', 'msgstr "\\ud800"')
    [error] = errors_of(upload(signed_in, slovenian, broken))
    assert "This is not a text." in error
