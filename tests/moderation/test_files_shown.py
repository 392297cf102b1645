"""The crawl of the histories tells of a file that was not approved."""

import pytest
from django.core.files.base import ContentFile

from ecca_site.uploads.models import CustomImage, Rendition
from tests import factories

from .files_shown import Files, files_in


@pytest.fixture
def shown(profile, client):
    """The live page of an organisation with a logo, and what was approved of it."""
    profile.logo = factories.make_image("Logo")
    profile.save_revision().publish()
    files = Files()
    paths = files_in(client.get(profile.get_url()).content.decode())
    assert paths
    return files, sorted(paths)


def faults(shown, client):
    files, paths = shown
    return {files.fault(client, path) for path in paths}


def overwrite(file, content):
    file.storage.delete(file.name)
    file.storage.save(file.name, ContentFile(content))


def test_what_was_approved_has_no_fault(shown, client):
    assert faults(shown, client) == {""}


def test_another_file_below_the_same_address_is_found(shown, client):
    image = CustomImage.objects.get()
    other = factories.make_image("Other", size=(300, 200))
    with other.open_file() as opened:
        overwrite(image.file, opened.read())
    assert "" not in faults(shown, client)


def test_another_rendition_is_found(shown, client):
    for rendition in Rendition.objects.all():
        overwrite(rendition.file, b"Something else.")
    assert faults(shown, client) == {"shows another picture"}


def test_another_credit_is_found(shown, client):
    CustomImage.objects.update(credit="Somebody else")
    assert faults(shown, client) == {"is named by no seal"}
