"""How the public API shows what JSON has no type for."""

from rest_framework.fields import Field

from ecca_site.core.structured_data import image_urls


class PictureField(Field):
    """The absolute address of a picture as visitors get it, or null."""

    def to_representation(self, image):
        return image_urls(self.context["request"], image)[0]
