"""The renditions of the demo's pictures: some before the site answers, the others after it."""

import pytest
import willow
from django.core.management import call_command
from PIL import Image as PillowFile

from ecca_site.demo.pictures import unfinished
from ecca_site.uploads.images import RENDITION_SPECS
from tests import factories

pytestmark = pytest.mark.django_db


def test_what_was_left_for_later_is_made_once():
    first, second = factories.make_image(size=(60, 40)), factories.make_image(size=(40, 60))
    first.make_renditions()
    assert unfinished() == [second]
    call_command("finish_pictures")
    assert unfinished() == []
    for image in (first, second):
        image.refresh_from_db()
        assert image.made.keys() == set(RENDITION_SPECS)
        assert image.renditions.count() == len(RENDITION_SPECS)


def test_the_size_of_a_rendition_is_that_of_its_file():
    image = factories.make_image(size=(2000, 1001))
    image.make_renditions()
    sizes = set()
    for rendition in image.renditions.all():
        with rendition.file.open() as file, PillowFile.open(file) as opened:
            opened.load()
            assert (rendition.width, rendition.height) == opened.size
            assert willow.Image.open(file).get_size() == opened.size
            sizes.add(rendition.width)
    assert sizes == {480, 960, 1600}
