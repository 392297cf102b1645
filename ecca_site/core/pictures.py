"""All renditions of all pictures of a page by one query, and the markup of a picture."""

from django.db.models import prefetch_related_objects
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from wagtail import blocks
from wagtail.blocks.list_block import ListValue

from .images import FALLBACK, WIDTHS, CustomImage

PREVIEW_PICTURE = "img/share.png"
EAGER = mark_safe('fetchpriority="high"')
LAZY = mark_safe('loading="lazy" decoding="async"')


def images_in(value):
    """Yield every picture in a block's value."""
    if isinstance(value, CustomImage):
        yield value
    elif isinstance(value, blocks.StructValue):
        for child in value.values():
            yield from images_in(child)
    elif isinstance(value, blocks.StreamValue | ListValue):
        for child in value:
            yield from images_in(child.value if isinstance(child, blocks.StreamValue.StreamChild) else child)


def attach_renditions(images):
    """Load the renditions of all these pictures by one query; none for no pictures."""
    images = [image for image in images if image is not None]
    if images:
        prefetch_related_objects(images, "renditions")


def picture_markup(image, alt, sizes, eager=False, css_class=""):
    """Return a ``<picture>`` in AVIF, WebP and JPEG with width and height, so that nothing shifts while it loads."""
    renditions = image.make_renditions()
    sources = []
    for image_format in ("avif", "webp"):
        # A picture narrower than a width is not enlarged: its widest rendition would stand there twice.
        by_width = {
            rendition.width: rendition.url
            for width in WIDTHS
            for rendition in [renditions[f"format-{image_format}|width-{width}"]]
        }
        srcset = ", ".join(f"{url} {width}w" for width, url in by_width.items())
        sources.append((image_format, srcset, sizes))
    fallback = renditions[FALLBACK]
    return format_html(
        '<picture{}>{}<img src="{}" alt="{}" width="{}" height="{}" {}></picture>',
        format_html(' class="{}"', css_class) if css_class else "",
        format_html_join("", '<source type="image/{}" srcset="{}" sizes="{}">', sources),
        fallback.url,
        alt or "",
        fallback.width,
        fallback.height,
        EAGER if eager else LAZY,
    )


def preview_markup(css_class=""):
    """Return a picture for the preview of a block on a site that has no pictures yet."""
    return format_html(
        '<picture{}><img src="{}" alt="" width="1200" height="630"></picture>',
        format_html(' class="{}"', css_class) if css_class else "",
        static(PREVIEW_PICTURE),
    )
