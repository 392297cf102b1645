"""Text of a translation goes live by its review alone, whoever tries which other way."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import get_resolver, resolve, reverse
from wagtail.models import Locale, Page
from wagtail_localize.locales.components import get_locale_components
from wagtail_localize.models import LocaleSynchronization, Translation

from conferences.models import Speaker
from ecca_site.access import areas, roles
from news.models import NewsPage

from .conftest import change, fill, publish_translation, request_translation

# The addresses of wagtail-localize 1.14. A new one is closed until somebody has looked at it and
# put it into an area.
LOCALIZE = """
    convert_to_alias download_pofile edit_override edit_string_translation javascript_catalog
    machine_translate preview_translation snippets_api_detail snippets_api_listing stop_translation
    submit_page_translation submit_snippet_translation translations_report
    translations_report_results update_translations upload_pofile
""".split()
OURS = {
    "edit_string_translation": [1, 1],
    "edit_override": [1, 1],
    "preview_translation": [1],
    "download_pofile": [1],
    "upload_pofile": [1],
    "machine_translate": [1],
}


def build_translation(item):
    page = publish_translation(item, "sl")
    change(item, summary="Bricks are used twice.")
    fill(request_translation(item, "sl"))
    return page


@pytest.fixture(scope="module")
def kept_slovenian(kept_item, keep):
    return keep(lambda: build_translation(kept_item()))


@pytest.fixture
def slovenian(kept_slovenian, item):
    """A live Slovenian page whose source has changed, and whose new text is translated but not
    reviewed.
    """
    return kept_slovenian()


@pytest.fixture(params=["translator", "editor", "superuser"])
def somebody(request, slovenian, person, client):
    """Each role that could try, signed in."""
    groups = {"translator": roles.TRANSLATOR.group_name("sl"), "editor": roles.EDITOR.name}
    user = (
        request.getfixturevalue("admin_user")
        if request.param == "superuser"
        else person("x", groups[request.param])
    )
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def _nothing_went_live(request):
    """The live row, its language and its being a page of its own are what they were."""
    if "slovenian" not in request.fixturenames:
        yield
        return
    page = request.getfixturevalue("slovenian")
    before = NewsPage.objects.filter(pk=page.pk).values().get()
    count = Page.objects.live().count()
    yield
    after = NewsPage.objects.filter(pk=page.pk).values().get()
    moving = {
        "latest_revision_id",
        "latest_revision_created_at",
        "has_unpublished_changes",
        "draft_title",
    }
    assert {k: v for k, v in after.items() if k not in moving} == {
        k: v for k, v in before.items() if k not in moving
    }
    assert Page.objects.live().count() == count
    assert not Page.objects.exclude(alias_of=None).exists()


def translation_of(page):
    return Translation.objects.get(
        source__object_id=page.translation_key, target_locale=page.locale
    )


def test_an_upgrade_of_localize_opens_no_address_unseen():
    resolver = namespace(get_resolver(), "wagtail_localize")
    assert sorted({name for name in resolver.reverse_dict if isinstance(name, str)}) == LOCALIZE


def namespace(resolver, name):
    for pattern in resolver.url_patterns:
        if getattr(pattern, "namespace", None) == name:
            return pattern
        if hasattr(pattern, "url_patterns") and (found := namespace(pattern, name)):
            return found
    return None


def test_each_address_of_localize_is_closed_and_views_of_ours_answer_what_its_editor_needs():
    closed = areas.AREAS[areas.CLOSED]
    for name in {f"wagtail_localize:{name}" for name in LOCALIZE} - {
        "wagtail_localize:javascript_catalog"
    }:
        assert [area for area, names in areas.AREAS.items() if name in names] == [areas.CLOSED], (
            name
        )
    for name, arguments in OURS.items():
        answer = resolve(reverse(f"wagtail_localize:{name}", args=arguments)).view_name
        assert answer.startswith("translation_texts:"), name
        assert answer not in closed


def test_publishing_in_the_editor(slovenian, somebody, client):
    for data in ({"action": "publish"}, {"action-submit": "1"}):
        response = client.post(f"/cms/pages/{slovenian.pk}/edit/", data)
        assert (response.status_code, response["Location"]) == (302, "/cms/")
    typed = {"action-publish": "1", "title": "X", "slug": "x"}
    assert client.post(f"/cms/pages/{slovenian.pk}/edit/", typed).status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "translate/{translation}/disable/",
        "page/{page}/convert_to_alias/",
    ],
)
def test_addresses_that_are_closed(slovenian, somebody, client, address):
    address = "/cms/localize/" + address.format(
        translation=translation_of(slovenian).pk, page=slovenian.pk
    )
    for method in (client.get, client.post):
        response = method(address)
        assert (response.status_code, response["Location"]) == (302, "/cms/")
    assert translation_of(slovenian).enabled


def test_synchronising_with_publish_immediately(slovenian, somebody, client):
    source = translation_of(slovenian).source_id
    client.post(f"/cms/localize/update/{source}/", {"publish_translations": "on"})


def test_submitting_what_is_no_page(slovenian, somebody, client):
    speaker = Speaker.objects.create(name="Speaker", locale=Locale.get_default())
    locales = [Locale.objects.get(language_code="sl").pk]
    client.post(
        f"/cms/localize/submit/snippet/conferences/speaker/{speaker.pk}/", {"locales": locales}
    )
    assert Speaker.objects.get() == speaker


def test_submitting_a_subtree(
    slovenian, item, somebody, client, django_capture_on_commit_callbacks
):
    home = item.get_ancestors().get(depth=2)
    locales = [Locale.objects.get(language_code="hu").pk]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            f"/cms/localize/submit/page/{home.pk}/", {"locales": locales, "include_subtree": "on"}
        )
    assert not Page.objects.filter(locale__language_code="hu", depth__gt=2).exists()


def test_starting_a_translation_again_and_converting_in_the_editor(slovenian, somebody, client):
    for name in ("localize-restart-translation", "localize-convert-to-alias"):
        response = client.post(f"/cms/pages/{slovenian.pk}/edit/", {name: "1"})
        assert (response.status_code, response["Location"]) == (302, "/cms/")


def test_restoring_a_version(slovenian, somebody, client):
    old, count = slovenian.live_revision, slovenian.revisions.count()
    response = client.get(f"/cms/pages/{slovenian.pk}/revisions/{old.pk}/revert/")
    assert "wagtail_localize/admin/edit_translation.html" in [
        template.name for template in response.templates
    ]
    data = {"title": "X", "slug": "x", "revision": old.pk, "action-publish": "1"}
    for address in (
        f"/cms/pages/{slovenian.pk}/revisions/{old.pk}/revert/",
        f"/cms/pages/{slovenian.pk}/edit/",
    ):
        assert client.post(address, data).status_code == 403
    assert slovenian.revisions.count() == count


def test_publishing_a_selection_of_pages(slovenian, somebody, client):
    address = f"/cms/bulk/wagtailcore/page/publish/?next=/cms/pages/&id={slovenian.pk}"
    client.post(address, {"include_descendants": "on"}, follow=True)
    home = slovenian.get_ancestors().get(depth=2)
    client.post(
        f"/cms/bulk/wagtailcore/page/publish/?next=/cms/&id={home.pk}",
        {"include_descendants": "on"},
    )


def test_publishing_drafts_below_a_selected_page(item, news, admin_client):
    request_translation(item, "pl")
    index = news.get_translation(Locale.objects.get(language_code="pl"))
    address = f"/cms/bulk/wagtailcore/page/publish/?next=/cms/&id={index.pk}"
    admin_client.post(address, {"include_descendants": "on"})
    assert not item.get_translation(Locale.objects.get(language_code="pl")).live


def test_copying_as_an_alias_into_another_language(slovenian, item, somebody, client):
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": slovenian.get_parent().pk}
    for choice in ({"alias": "on"}, {"publish_copies": "on"}):
        client.post(f"/cms/pages/{item.pk}/copy/", data | choice)
        assert not Page.objects.filter(slug="copy", live=True).exists()
        Page.objects.filter(slug="copy").delete()


def test_converting_an_alias(slovenian, somebody, client):
    assert client.post(f"/cms/pages/{slovenian.pk}/convert_alias/")["Location"] == "/cms/"


def test_the_api_of_the_cms(slovenian, somebody, client):
    for action in (
        "publish",
        "revert_to_page_revision",
        "convert_alias",
        "create_alias",
        "copy_for_translation",
    ):
        data = {"locale": "hu", "alias": True, "revision_id": slovenian.live_revision_id}
        response = client.post(f"/cms/api/main/pages/{slovenian.pk}/action/{action}/", data)
        assert response.status_code in (403, 404, 405)


def test_keeping_languages_in_step(slovenian, admin_client):
    hungarian, english = (Locale.objects.get(language_code=code) for code in ("hu", "en"))
    assert LocaleSynchronization not in [
        component["model"] for component in get_locale_components()
    ]
    table = LocaleSynchronization._meta.db_table
    data = {
        "language_code": "hu",
        f"component-{table}-enabled": "on",
        f"component-{table}-sync_from": english.pk,
    }
    admin_client.post(f"/cms/locales/edit/{hungarian.pk}/", data)
    assert not LocaleSynchronization.objects.exists()
    with pytest.raises(PermissionDenied):
        LocaleSynchronization.objects.create(locale=hungarian, sync_from=english)


def test_a_file_of_texts_changes_the_store_and_not_the_page(slovenian, somebody, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    translation = translation_of(slovenian)
    po = translation.export_po()
    po.find("Bricks are used twice.").msgstr = "Iz datoteke."
    file = SimpleUploadedFile("a.po", str(po).encode())
    client.post(f"/cms/localize/translate/{translation.pk}/pofile/upload/", {"file": file})
