"""The image model and the renditions every picture of the site is shown in."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

WIDTHS = (480, 960, 1600)
FALLBACK = "format-jpeg|width-960"
RENDITION_SPECS = [
    *(f"format-{image_format}|width-{width}" for image_format in ("avif", "webp") for width in WIDTHS),
    FALLBACK,
]


class CustomImage(AbstractImage):
    """A picture; its ``description`` is for editors, visitors hear the alternative text given where it is used."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)
    admin_form_fields = (
        "title", "file", "description", "credit", "collection", "tags",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    def make_renditions(self):
        """Make every rendition a page may ask for, so that no visitor waits for one."""
        return self.get_renditions(*(Filter(spec) for spec in RENDITION_SPECS))


class Rendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
