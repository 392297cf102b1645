"""The image model and the renditions every picture of the site is shown in."""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from willow.image import AvifImageFile
from willow.plugins.pillow import PillowImage
from willow.registry import registry

WIDTHS = (480, 960, 1600)
DRAWN_WIDTH = 960  # of SVG, which has any size
FALLBACK = "format-jpeg|width-960"
RENDITION_SPECS = [
    *(f"format-{image_format}|width-{width}" for image_format in ("avif", "webp") for width in WIDTHS),
    FALLBACK,
]


class Size(NamedTuple):
    url: str
    width: int
    height: int


def save_as_avif(image, file, quality=80, **options):
    """Write AVIF four times as fast as Willow does, whose operation has no option for the encoder's speed.

    Delete this where Willow has one. The files grow by less than a tenth.
    """
    if image.image.mode == "CMYK":
        image = image.transform_colorspace_to_srgb()
    profile = image.get_icc_profile()
    image.image.save(file, "AVIF", quality=quality, speed=8, **({"icc_profile": profile} if profile else {}))
    return AvifImageFile(file)


registry.register_operation(PillowImage, "save_as_avif", save_as_avif)


class CustomImage(AbstractImage):
    """A picture; its ``description`` is for editors, visitors hear the alternative text given where it is used."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)
    # What pages need of the renditions, so that no picture costs a query of its own: {spec: [name, width, height]}
    made = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), editable=False)
    admin_form_fields = (
        "title", "file", "description", "credit", "collection", "tags",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    def make_renditions(self):
        """Make every rendition a page may ask for, so that no visitor waits for one; SVG is its own."""
        if self.is_svg():
            return
        renditions = self.get_renditions(*(Filter(spec) for spec in RENDITION_SPECS))
        self.made = {spec: [made.file.name, made.width, made.height] for spec, made in renditions.items()}
        type(self).objects.filter(pk=self.pk).update(made=self.made)

    def sizes(self):
        """Return the address, width and height in pixels of every rendition, by its filter; made now if need be."""
        if self.is_svg():
            size = Size(self.file.url, DRAWN_WIDTH, max(round(DRAWN_WIDTH * self.height / self.width), 1))
            return dict.fromkeys(RENDITION_SPECS, size)
        if self.made.keys() != set(RENDITION_SPECS):
            self.make_renditions()
        address = Rendition._meta.get_field("file").storage.url
        return {spec: Size(address(name), width, height) for spec, (name, width, height) in self.made.items()}


class Rendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
