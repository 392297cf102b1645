"""The public mirror holds the files of what is live, and no others, whatever happens to it."""

import datetime
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, storages
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page

from conferences.models import Speaker
from ecca_site.core.published import live_models, record
from ecca_site.uploads import published
from ecca_site.uploads.images import RENDITION_SPECS
from ecca_site.uploads.models import CustomDocument, CustomImage, PublishedUse, Rendition
from ecca_site.uploads.tasks import follow
from tests import factories
from tests.conferences.programmes import add_conference, session

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0"/></svg>'


@pytest.fixture
def mirror(settings, tmp_path):
    """Return a function that returns the addresses of a mirror of its own."""
    mirror = {**settings.STORAGES["published"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "published": mirror}
    return lambda: set(published.addresses_in(storages["published"]))


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def image(db):
    image = factories.make_image(size=(60, 40))
    image.make_renditions()
    return image


@pytest.fixture
def statutes(db):
    content = ContentFile(b"%PDF-1.7\nstatutes", "statutes.pdf")
    return CustomDocument.objects.create(title="Statutes", file=content)


@pytest.fixture
def page(site):
    return factories.add_content(site)


def renditions_of(image):
    files = Rendition.objects.filter(image=image, filter_spec__in=RENDITION_SPECS)
    return {f"media/{rendition.file.name}" for rendition in files}


def publish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    page.refresh_from_db()


# --- Publishing and taking offline ---------------------------------------------------------------
def test_a_draft_publishes_nothing_and_a_page_that_is_live_its_renditions(
    page, image, mirror, committed
):
    image.get_rendition("max-165x165")
    with committed():
        page.lead_image = image
        page.save_revision()
    assert mirror() == set()
    with committed():
        page.latest_revision.publish()
    assert len(renditions_of(image)) == 7
    assert mirror() == renditions_of(image), "neither the original nor what the CMS shows"
    with committed():
        type(page).objects.get(pk=page.pk).unpublish()
    assert mirror() == set()
    assert all(one.file.storage.exists(one.file.name) for one in image.renditions.all())


def test_a_document_has_two_addresses(page, statutes, mirror, committed):
    with committed():
        publish(page, body=factories.linking(statutes))
    name = Path(statutes.file.name).name
    assert mirror() == {f"media/documents/{name}", f"documents/{statutes.pk}/{name}"}
    with storages["published"].open(f"documents/{statutes.pk}/{name}") as file:
        assert file.read() == b"%PDF-1.7\nstatutes"


def test_a_drawing_is_shown_itself(page, mirror, committed):
    drawing = CustomImage.objects.create(title="Logo", file=ContentFile(DRAWING, "logo.svg"))
    with committed():
        publish(page, lead_image=drawing)
    assert mirror() == {f"media/{drawing.file.name}"}


def test_what_two_pages_show_stays_until_the_last_is_offline(page, site, image, mirror, committed):
    other = factories.add_content(site)
    with committed():
        publish(page, lead_image=image)
        publish(other, lead_image=image)
    with committed():
        page.unpublish()
    assert mirror() == renditions_of(image)
    with committed():
        publish(other, lead_image=None)
    assert mirror() == set()


def test_an_exchanged_picture_makes_room_for_the_other(page, image, mirror, committed):
    with committed():
        publish(page, lead_image=image)
    other = factories.make_image(size=(60, 40))
    other.make_renditions()
    with committed():
        page.lead_image = other
        page.save_revision()
    assert mirror() == renditions_of(image), "a draft of it changes nothing"
    with committed():
        page.latest_revision.publish()
    assert mirror() == renditions_of(other)


def test_a_translation_that_is_still_live_keeps_it(page, image, mirror, committed):
    factories.home_of("sl")
    with committed():
        publish(page, lead_image=image)
        translation = factories.translated(page, "sl", lead_image=image)
    with committed():
        page.unpublish()
    assert mirror() == renditions_of(image)
    with committed():
        translation.unpublish()
    assert mirror() == set()


def test_a_fact_of_the_original_is_public_with_its_translation(site, image, mirror, committed):
    """The logo of a profile is the same in every language."""
    index = factories.add_both_partner_indexes()
    profile = factories.add_partner(index, title="Stone")
    translation = factories.translated(profile, "sl", legal_name="Cluster")
    with committed():
        publish(profile, logo=image)
    assert type(translation).objects.get(pk=translation.pk).logo == image
    with committed():
        profile.unpublish()
    assert mirror() == renditions_of(image)


def test_with_a_deleted_page_and_the_pages_below_it_their_files_go(
    page, image, statutes, mirror, committed
):
    below = factories.add_content(page)
    with committed():
        publish(page, lead_image=image)
        publish(below, body=factories.linking(statutes))
    with committed():
        type(page).objects.get(pk=page.pk).delete()
    assert mirror() == set()
    assert not PublishedUse.objects.exists()


def test_a_page_that_expires_takes_its_files_along(page, image, mirror, committed):
    with committed():
        publish(page, lead_image=image, expire_at=timezone.now() + datetime.timedelta(days=1))
    type(page).objects.update(expire_at=timezone.now() - datetime.timedelta(days=1))
    assert mirror() == renditions_of(image)
    with committed():
        call_command("publish_scheduled")
    assert mirror() == set()


def test_a_version_with_a_date_is_public_on_its_date(page, image, mirror, committed):
    with committed():
        page.lead_image = image
        page.go_live_at = timezone.now() + datetime.timedelta(days=1)
        page.save_revision().publish()
    assert mirror() == set()


def test_a_speaker_shows_a_picture_while_live(site, image, mirror, committed):
    with committed():
        speaker = Speaker(name="Ana", picture=image, locale=site.locale, live=False)
        speaker.save()
    assert mirror() == set(), "its row is a draft"
    with committed():
        speaker.save_revision().publish()
    assert mirror() == renditions_of(image)
    with committed():
        Speaker.objects.get().delete()
    assert mirror() == set()


def test_the_slides_of_a_session_are_public_with_the_programme(site, statutes, mirror, committed):
    index = factories.add_conference_index(site)
    talk = session("09:00", "10:00", "Talk", slides=statutes.pk)
    with committed():
        conference = add_conference(index, talk)
    assert mirror() == set(published.addresses_of(statutes))
    with committed():
        conference.unpublish()
    assert mirror() == set()


def test_an_alias_uses_what_its_original_does(page, site, image, mirror, committed):
    alias = page.create_alias(parent=site, update_slug="alias")
    with committed():
        publish(page, lead_image=image)
    places = PublishedUse.objects.values_list("place_id", flat=True)
    assert set(places) == {page.pk, alias.pk}
    with committed():
        page.unpublish()  # the alias goes along
    assert mirror() == set()


def test_a_page_saved_without_its_own_fields_keeps_its_files(page, image, mirror, committed):
    with committed():
        publish(page, lead_image=image)
    with committed():
        general = Page.objects.get(pk=page.pk)
        general.locked = True
        general.save()
        page.save(update_fields=["title"])
        page.save_revision()
    assert mirror() == renditions_of(image)


def test_what_is_rolled_back_was_never_public(page, image, mirror, committed):
    with committed(), transaction.atomic():
        publish(page, lead_image=image)
        transaction.set_rollback(True)
    assert mirror() == set()
    assert not PublishedUse.objects.exists()


def test_renditions_that_are_made_later_are_public_at_once(page, mirror, committed):
    image = factories.make_image(size=(60, 40))
    with committed():
        publish(page, lead_image=image)
    assert mirror() == set()
    with committed():
        image.make_renditions()
    assert mirror() == renditions_of(image) != set()


def test_a_deleted_file_leaves_the_mirror(page, image, mirror, committed):
    with committed():
        publish(page, lead_image=image)
    first = image.renditions.filter(filter_spec=RENDITION_SPECS[0]).get()
    with committed():
        first.delete()
    assert f"media/{first.file.name}" not in mirror()
    assert len(mirror()) == 6


# --- What it costs -------------------------------------------------------------------------------
def queries(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_to_publish_again_costs_one_query_whatever_the_page_shows(page, image, statutes, mirror):
    def again():
        version = page.latest_revision.as_object()
        return queries(lambda: record(version))

    publish(page)
    assert again() == 1
    publish(page, lead_image=image, body=factories.linking(statutes))
    assert again() == 1


def test_more_files_cost_no_more_queries(page, mirror, committed):
    def gallery(number):
        figures = []
        for _picture in range(number):
            image = factories.make_image(size=(60, 40))
            image.make_renditions()
            figures.append(
                {
                    "image": {"image": image.pk, "alt_text": "A", "decorative": False},
                    "caption": "",
                }
            )
        return [{"type": "gallery", "value": {"title": "Gallery", "images": figures}}]

    def published_with(number):
        page.body = page.body.stream_block.to_python(gallery(number))

        def act():
            with committed():
                record(page)

        return queries(act)

    published_with(2)
    assert published_with(3) == published_with(6)


# --- It may be done again, and mended ------------------------------------------------------------
def test_a_worker_may_do_it_twice(page, image, mirror, committed):
    with committed():
        publish(page, lead_image=image)
    before = mirror()
    for address in before:
        published.take(address)
    for _time in range(2):
        follow.func("uploads.CustomImage", [image.pk])
        assert mirror() == before
    page.unpublish()
    for _time in range(2):
        follow.func("uploads.CustomImage", [image.pk])
        assert mirror() == set()


def test_the_first_mirror_of_an_old_site_is_made_of_what_is_live(
    page, image, statutes, mirror, committed, capsys
):
    draft = factories.make_image(size=(60, 40))
    draft.make_renditions()
    publish(page, lead_image=image, body=factories.linking(statutes))
    page.lead_image = draft
    page.save_revision()
    PublishedUse.objects.all().delete()
    stored = {one.file.name for one in Rendition.objects.all()}
    stored |= {image.file.name, draft.file.name, statutes.file.name}
    with committed():
        call_command("rebuild_published_files")
    wanted = renditions_of(image) | set(published.addresses_of(statutes))
    assert mirror() == wanted
    assert capsys.readouterr().out == "9 addresses are public, 0 were taken out.\n"
    assert all(image.file.storage.exists(name) for name in stored), "no upload is lost"


def test_the_nightly_one_equals_what_publications_made_and_takes_out_what_is_stray(
    page, image, mirror, committed, capsys
):
    with committed():
        publish(page, lead_image=image)
    before, rows = mirror(), list(PublishedUse.objects.values_list("pk", flat=True))
    storages["published"].save("media/images/stray.png", ContentFile(b"x"))
    type(page).objects.filter(pk=page.pk).update(title="Seen")
    with committed():
        call_command("rebuild_published_files")
    assert mirror() == before
    assert list(PublishedUse.objects.values_list("pk", flat=True)) == rows
    assert capsys.readouterr().out == "7 addresses are public, 1 were taken out.\n"
    type(page).objects.filter(pk=page.pk).update(live=False)
    with committed():
        call_command("rebuild_published_files")
    assert mirror() == set()


def test_of_two_who_follow_at_once_the_later_publication_counts(
    page, site, image, mirror, committed, monkeypatch
):
    """One takes the files of its page offline while another page that shows them goes live."""
    other = factories.add_content(site)
    with committed():
        publish(page, lead_image=image)
    page.unpublish()
    take = published.take

    def take_late(address):
        if not PublishedUse.objects.exists():
            publish(other, lead_image=image)  # its own following comes before this
        take(address)

    monkeypatch.setattr(published, "take", take_late)
    published.follow(type(image), {image.pk})
    assert mirror() == renditions_of(image)


def test_what_is_withdrawn_while_the_mirror_is_made_anew_stays_out(
    page, image, mirror, committed, monkeypatch
):
    with committed():
        publish(page, lead_image=image)
    put = published.put

    def put_late(address, name):
        if PublishedUse.objects.exists():
            page.unpublish()
        put(address, name)

    monkeypatch.setattr(published, "put", put_late)
    published.follow_all()
    assert mirror() == set()


def test_a_published_file_that_is_lost_stops_nobody(page, image, mirror, committed, caplog):
    lost = image.renditions.filter(filter_spec=RENDITION_SPECS[0]).get()
    lost.file.storage.delete(lost.file.name)
    with committed():
        record_of(page, image)
    assert mirror() == renditions_of(image) - {f"media/{lost.file.name}"}
    assert "is published and lost" in caplog.text


def record_of(page, image):
    page.lead_image = image
    record(page)


# --- How a file gets there -----------------------------------------------------------------------
def test_on_one_file_system_nothing_is_copied(page, image, mirror, committed):
    with committed():
        publish(page, lead_image=image)
    rendition = image.renditions.first()
    public = Path(storages["published"].path(f"media/{rendition.file.name}"))
    assert public.samefile(rendition.file.path)
    assert not list(public.parent.glob(".*"))


def test_elsewhere_it_is_a_copy(page, statutes, mirror, monkeypatch):
    def refuse(*args):
        raise OSError("another file system")

    monkeypatch.setattr(os, "link", refuse)
    for address, name in published.addresses_of(statutes).items():
        for _time in range(2):
            published.put(address, name)
        public = Path(storages["published"].path(address))
        assert public.read_bytes() == b"%PDF-1.7\nstatutes"
        assert not public.samefile(statutes.file.path)
        assert not list(public.parent.glob(".*"))


def test_a_mirror_that_is_on_no_disk_of_ours(page, statutes, settings, committed):
    in_memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "published": in_memory}
    storage = storages["published"]
    assert isinstance(storage, InMemoryStorage)
    for _time in range(2):
        with committed():
            publish(page, body=factories.linking(statutes))
        assert set(published.addresses_in(storage)) == set(published.addresses_of(statutes))
    with committed():
        call_command("rebuild_published_files")
    assert set(published.addresses_in(storage)) == set(published.addresses_of(statutes))
    with committed():
        page.unpublish()
    assert set(published.addresses_in(storage)) == set()


def test_whatever_chooses_a_file_says_whether_it_is_live():
    """A model that has no drafts would use files that nothing here counts as published."""
    for model in (CustomImage, CustomDocument):
        for relation in model._meta.related_objects:
            if relation.related_model is not Rendition:
                assert relation.related_model in live_models(), relation
                assert issubclass(relation.related_model, DraftStateMixin)
