"""The markup of a picture."""

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .images import FALLBACK, WIDTHS, CustomImage, Size

PREVIEW_PICTURE = "img/share.png"
EAGER = mark_safe('fetchpriority="high"')
LAZY = mark_safe('loading="lazy" decoding="async"')


def picture_markup(
    image: CustomImage, alt: str, sizes: str, eager: bool = False, css_class: str = ""
) -> str:
    """Return a ``<picture>`` in AVIF, WebP and JPEG, or of the SVG, "" if it cannot be shown.

    It says how large it is, so that nothing shifts while it is loaded.
    """
    renditions = image.sizes()
    if not renditions:
        return ""
    sources = []
    if not image.is_svg():
        for image_format in ("avif", "webp"):
            sources.append((image_format, _srcset(renditions, image_format), sizes))
    fallback = renditions[FALLBACK]
    return format_html(
        '<picture{}>{}<img src="{}" alt="{}" width="{}" height="{}" {}></picture>',
        _class_attribute(css_class),
        format_html_join("", '<source type="image/{}" srcset="{}" sizes="{}">', sources),
        fallback.url,
        alt or "",
        fallback.width,
        fallback.height,
        EAGER if eager else LAZY,
    )


def _srcset(renditions: dict[str, Size], image_format: str) -> str:
    """Return the addresses and widths of a format's renditions, each width once.

    A picture narrower than a width is not enlarged: its widest rendition would stand there twice.
    """
    by_width = {}
    for width in WIDTHS:
        rendition = renditions[f"format-{image_format}|width-{width}"]
        by_width[rendition.width] = rendition.url
    return ", ".join(f"{url} {width}w" for width, url in by_width.items())


def _class_attribute(css_class: str) -> str:
    if not css_class:
        return ""
    return format_html(' class="{}"', css_class)


def picture_url(image: CustomImage | None) -> str:
    """Return the address of a picture's JPEG, or of the SVG; "" where there is nothing to show."""
    size = image.sizes().get(FALLBACK) if image else None
    return size.url if size else ""


def preview_markup(css_class: str = "") -> SafeString:
    """Return a picture for the preview of a block on a site that has no pictures yet."""
    return format_html(
        '<picture{}><img src="{}" alt="" width="1200" height="630"></picture>',
        _class_attribute(css_class),
        static(PREVIEW_PICTURE),
    )
