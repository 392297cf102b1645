"""The markup of a picture."""

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from .images import FALLBACK, WIDTHS

PREVIEW_PICTURE = "img/share.png"
EAGER = mark_safe('fetchpriority="high"')
LAZY = mark_safe('loading="lazy" decoding="async"')


def picture_markup(image, alt, sizes, eager=False, css_class=""):
    """Return a ``<picture>`` in AVIF, WebP and JPEG, or the SVG; with its size, so that nothing shifts meanwhile."""
    renditions = image.sizes()
    sources = []
    for image_format in () if image.is_svg() else ("avif", "webp"):
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
