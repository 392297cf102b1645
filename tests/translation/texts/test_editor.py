"""The addresses that the translation editor asks."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import resolve, reverse
from wagtail.models import GroupCollectionPermission, Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation

from ecca_site.access import roles
from ecca_site.uploads.models import CustomDocument
from tests import factories

from .conftest import RICH, segment_of

FORM = "application/x-www-form-urlencoded"


def text_address(translation, text=RICH):
    return reverse(
        "wagtail_localize:edit_string_translation",
        args=[translation.pk, segment_of(translation, text).pk],
    )


def override_address(translation, path="lead_image"):
    segment = OverridableSegment.objects.get(source=translation.source, context__path=path)
    return reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])


def put(client, address, **data):
    return client.put(address, urlencode(data), content_type=FORM)


@pytest.fixture
def signed_in(client, translator):
    client.force_login(translator)
    return client


def test_our_views_stand_at_the_addresses_of_wagtail_localize(slovenian):
    for name, arguments, ours in (
        ("edit_string_translation", (1, 2), "edit_text"),
        ("edit_override", (1, 2), "edit_override"),
        ("preview_translation", (1,), "preview"),
        ("preview_translation", (1, "x"), "preview"),
    ):
        match = resolve(reverse(f"wagtail_localize:{name}", args=arguments))
        assert match.view_name == f"translation_texts:{ours}"


def test_a_translator_saves_changes_and_removes_a_text(signed_in, slovenian, translator):
    address = text_address(slovenian)
    assert put(signed_in, address, value="Opeke").status_code == 201
    response = put(signed_in, address, value="Opeke & <b>zidaki</b>")
    assert response.status_code == 200
    assert response.json()["data"] == "Opeke &amp; <b>zidaki</b>"
    assert response.json()["error"] is None
    saved = StringTranslation.objects.get()
    assert (saved.data, saved.translation_type, saved.last_translated_by) == (
        "Opeke &amp; <b>zidaki</b>", "manual", translator,
    )  # fmt: skip
    assert signed_in.delete(address).status_code == 200
    assert signed_in.delete(address).status_code == 200
    assert not StringTranslation.objects.exists()


def test_a_refused_text_is_answered_with_the_reason_and_what_was_saved_stays(signed_in, slovenian):
    address = text_address(slovenian)
    put(signed_in, address, value="Opeke")
    response = put(signed_in, address, value="<script>x</script>")
    assert (response.status_code, response.json()) == (
        400,
        {"error": "<script> is not allowed in this text."},
    )
    assert StringTranslation.objects.get().data == "Opeke"


def test_the_reason_is_in_the_language_of_the_translator(signed_in, slovenian, translator):
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=translator, defaults={"preferred_language": "sl"})
    error = put(signed_in, text_address(slovenian, "Bricks"), value="č" * 256).json()["error"]
    assert "Ensure" not in error


@pytest.mark.parametrize("body", [b"", b"value=", b"other=x", b"{"])
def test_a_request_without_a_text_is_no_server_error(signed_in, slovenian, body):
    response = signed_in.put(text_address(slovenian), body, content_type=FORM)
    assert response.status_code == 400
    assert response.json()["error"]
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b"[" * 100_000, 400), (b'{"value": "x"}', 415)]
)
def test_the_editor_sends_forms_and_nothing_else(signed_in, slovenian, body, status):
    address = text_address(slovenian)
    response = signed_in.put(address, body, content_type="application/json")
    assert response.status_code == status
    assert not StringTranslation.objects.exists()


def test_a_text_with_thousands_of_tags_is_refused_before_it_is_parsed(signed_in, slovenian):
    for value in ("<b>" * 20_000, "<b></x>" * 5_000, "x" * 200_000):
        response = put(signed_in, text_address(slovenian), value=value)
        assert (response.status_code, list(response.json())) == (400, ["error"])
    assert not StringTranslation.objects.exists()


def test_a_broken_upload_is_no_server_error(signed_in, slovenian):
    for content_type in ("multipart/form-data; boundary=x", "multipart/form-data"):
        assert (
            signed_in.put(
                text_address(slovenian), b"--x\r\n", content_type=content_type
            ).status_code
            == 400
        )


def test_overrides_are_saved_refused_and_removed(signed_in, slovenian):
    picture, address = factories.make_image(), override_address(slovenian)
    response = put(signed_in, address, value="999999")
    assert (response.status_code, response.json()) == (
        400,
        {"error": "What was chosen here does not exist any more."},
    )
    assert put(signed_in, address, value=str(picture.pk)).status_code == 201
    assert SegmentOverride.objects.get().data == picture.pk
    link = override_address(
        slovenian, "body.5f0ae54a-0001-4000-8000-000000000001.'https://bricks.example/'"
    )
    response = put(signed_in, link, value="javascript:x()")
    assert response.status_code == 400
    assert response.json()["error"].startswith("A link may lead to http")
    assert SegmentOverride.objects.count() == 1
    assert signed_in.delete(address).status_code == 200
    assert not SegmentOverride.objects.exists()


def test_what_is_gone_is_not_found(signed_in, slovenian, article):
    address = text_address(slovenian)
    assert (
        put(signed_in, address.replace(f"/{slovenian.pk}/", "/999999/"), value="x").status_code
        == 404
    )
    other = reverse("wagtail_localize:edit_string_translation", args=[slovenian.pk, 999999])
    assert put(signed_in, other, value="x").status_code == 404
    slovenian.enabled = False
    slovenian.save()
    assert put(signed_in, address, value="x").status_code == 404
    assert not StringTranslation.objects.exists()


def test_a_text_of_another_page_is_not_found(signed_in, slovenian, site, translate):
    other = translate(factories.add_content(site, title="Timber", slug="timber"), "sl")
    address = reverse(
        "wagtail_localize:edit_string_translation",
        args=[slovenian.pk, segment_of(other, "Timber").pk]
    )  # fmt: skip
    assert put(signed_in, address, value="Les").status_code == 404
    assert not StringTranslation.objects.exists()


def test_what_is_under_review_is_not_changed(signed_in, slovenian, translator):
    page = slovenian.get_target_instance()
    page.save_revision(user=translator)
    page.get_workflow().start(page, translator)
    response = put(signed_in, text_address(slovenian), value="Opeke")
    assert response.status_code == 423
    assert "waits for a decision" in response.json()["error"]
    assert put(signed_in, override_address(slovenian), value="1").status_code == 423
    assert not StringTranslation.objects.exists()


def test_a_page_that_somebody_locked_is_not_changed(signed_in, slovenian, person):
    Page.objects.filter(pk=slovenian.get_target_instance().pk).update(
        locked=True, locked_by=person("other")
    )
    assert put(signed_in, text_address(slovenian), value="Opeke").status_code == 423
    assert not StringTranslation.objects.exists()


def test_a_script_needs_the_token_of_its_session(slovenian, translator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(translator)
    assert put(client, text_address(slovenian), value="Opeke").status_code == 403
    assert not StringTranslation.objects.exists()


def test_other_methods_are_not_allowed(signed_in, slovenian):
    for address in (text_address(slovenian), override_address(slovenian)):
        assert signed_in.get(address).status_code == 405
        assert signed_in.post(address, {"value": "x"}).status_code == 405
    assert (
        signed_in.post(
            reverse("wagtail_localize:preview_translation", args=[slovenian.pk])
        ).status_code
        == 405
    )


def test_the_preview_shows_the_saved_texts_in_a_frame_of_the_site(signed_in, slovenian):
    put(signed_in, text_address(slovenian), value="Opeke živijo")
    response = signed_in.get(reverse("wagtail_localize:preview_translation", args=[slovenian.pk]))
    assert response.status_code == 200
    assert "Opeke živijo" in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert (
        signed_in.get(
            reverse("wagtail_localize:preview_translation", args=[slovenian.pk, "x"])
        ).status_code
        == 404
    )


def test_people_without_this_work_see_nothing(client, slovenian, person):
    for name in (roles.REVIEWER.group_name("sl"), roles.PARTNER_MODERATOR.name):
        client.force_login(person(name, name))
        assert put(client, text_address(slovenian), value="x").status_code in (302, 403)
    assert not StringTranslation.objects.exists()


def shown(client, translation, kind, pk):
    return client.get(reverse("translation_texts:chosen", args=[translation.pk, kind, pk]))


def test_the_editor_shows_the_pictures_of_the_source_and_those_that_may_be_chosen(
    signed_in, slovenian, article, translator
):
    article.lead_image.make_renditions()
    answer = shown(signed_in, slovenian, "images", article.lead_image_id)
    assert (answer.status_code, answer.json()["title"]) == (200, "Picture")
    assert (
        answer.json()["thumbnail"]["url"] == article.lead_image.sizes()["format-jpeg|width-960"].url
    )
    assert answer.json()["thumbnail"]["height"] == 103
    other = factories.make_image("Somebody's")
    assert shown(signed_in, slovenian, "images", other.pk).json()["title"] == "Somebody's"
    GroupCollectionPermission.objects.all().delete()
    assert shown(signed_in, slovenian, "images", article.lead_image_id).status_code == 200
    answer = shown(signed_in, slovenian, "images", other.pk)
    assert (answer.status_code, answer.json()["title"]) == (404, "No longer available")
    assert answer.json()["thumbnail"]["url"], "the editor stops without one"


def test_a_number_of_another_kind_tells_nothing(signed_in, slovenian, article):
    GroupCollectionPermission.objects.all().delete()
    CustomDocument.objects.create(pk=article.lead_image_id, title="Secret", file="x.pdf")
    for kind in ("documents", "nonsense"):
        answer = shown(signed_in, slovenian, kind, article.lead_image_id)
        assert (answer.status_code, answer.json()["title"]) == (404, "No longer available")


def test_a_chosen_page_is_named_where_it_is_no_secret(signed_in, slovenian, site):
    public = factories.add_content(site, title="Public")
    draft = factories.add_content(site, title="Secret")
    draft.unpublish()
    assert shown(signed_in, slovenian, "pages", public.pk).json()["title"] == "Public"
    assert shown(signed_in, slovenian, "pages", draft.pk).json()["title"] == "No longer available"


def test_the_pictures_of_another_language_are_not_asked_for(signed_in, polish, article):
    assert shown(signed_in, polish, "images", article.lead_image_id).status_code == 302
