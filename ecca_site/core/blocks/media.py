from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ecca_site.core.choices import DocumentChooserBlock, ImageBlock, ImageChooserBlock

VIDEO_EXTENSIONS = {"mp4", "webm"}


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with a caption and its alternative text")
        template = "core/blocks/figure.html"
        preview_value = {"image": None, "caption": "A city whose buildings are stores of material"}


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    images = blocks.ListBlock(FigureBlock(), label=_("Pictures"), min_num=2)

    class Meta:
        icon = "image"
        label = _("Gallery")
        description = _("Several pictures side by side")
        template = "core/blocks/gallery.html"
        preview_value = {
            "title": "On site",
            "images": [
                {"image": None, "caption": "Design"},
                {"image": None, "caption": "Retrofit"},
            ],
        }


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    file = DocumentChooserBlock(
        label=_("Video file"), help_text=_("MP4 or WebM, kept on this site")
    )
    poster = ImageChooserBlock(label=_("Still picture"), required=False)
    captions = DocumentChooserBlock(
        label=_("Captions"), required=False, help_text=_("WebVTT (.vtt)")
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"), features=["bold", "italic", "ul", "link"], required=False
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        errors = {}
        if value["file"] and value["file"].file_extension not in VIDEO_EXTENSIONS:
            errors["file"] = ValidationError(_("Choose an MP4 or WebM file."))
        if value["captions"] and value["captions"].file_extension != "vtt":
            errors["captions"] = ValidationError(_("Choose a WebVTT (.vtt) file."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return value

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A video of this site's own, loaded only when a visitor starts it")
        template = "core/blocks/video.html"
        preview_value = {
            "title": "A wall that becomes a floor",
            "file": None,
            "poster": None,
            "captions": None,
        }
