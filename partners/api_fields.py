"""Fields of the public API for values that JSON has no type for."""

from typing import TYPE_CHECKING

from rest_framework.fields import Field

from ecca_site.core.structured_data import image_urls

if TYPE_CHECKING:
    from ecca_site.uploads.models import CustomImage


class PictureField(Field):
    """The absolute address of a picture as visitors get it, or null."""

    def to_representation(self, image: "CustomImage") -> str | None:
        addresses = image_urls(self.context["request"], image)
        return addresses[0] if addresses else None
