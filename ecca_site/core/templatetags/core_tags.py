from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page as PageOfList
from django.db.models import Q
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import camel_case_to_spaces
from django.utils.translation import get_language, pgettext
from wagtail.models import Page

from ecca_site.core import slots
from ecca_site.core.structured_data import as_script
from ecca_site.delivery import addresses, visitors
from ecca_site.delivery.fallback import ReaderQuerySet
from ecca_site.delivery.memory import asked_once
from ecca_site.delivery.view_languages import view_languages, with_filter
from ecca_site.i18n import dates, languages
from ecca_site.i18n.collation import has_extended_letters
from ecca_site.i18n.countries import country_name, language_name
from ecca_site.uploads import pictures
from ecca_site.uploads.images import FALLBACK, CustomImage, Size

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str) -> SafeString:
    """Show what higher rooms put in this place of the page."""
    return slots.render(name, context)


@register.filter
def is_known(request: HttpRequest | None) -> bool:
    """Return whether a page is shown to somebody with a session; some are made for no request."""
    return bool(request) and visitors.is_known(request)


register.filter("localized_date", dates.localized_date)
register.filter("localized_time", dates.localized_time)
register.filter("localized_number", dates.localized_number)
register.filter("country", country_name)
register.filter("language", language_name)
register.filter("native_name", languages.native_name)
register.filter("html_tag", languages.html_lang)
register.simple_tag(dates.date_range)


@register.simple_tag(takes_context=True)
def picture(
    context: Context,
    image: CustomImage | None,
    alt: str = "",
    sizes: str = "100vw",
    eager: bool = False,
    css_class: str = "",
) -> str:
    """Print a picture with all its renditions.

    The preview of a block that has no picture shows the site's own.
    """
    if image:
        return pictures.picture_markup(image, alt, sizes, eager, css_class)
    if getattr(context.get("request"), "is_preview", False):
        return pictures.preview_markup(css_class)
    return ""


@register.simple_tag
def elided_pages(page_obj: PageOfList) -> Iterator[int | str]:
    """Return the numbers of the pages that a list links: nine at most, an ellipsis for a gap."""
    return page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=2, on_ends=1)


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" width="24" height="24" aria-hidden="true" focusable="false">'
        '<use href="{}#icon-{}"/></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def html_lang(page: Page | None = None) -> str:
    """Return the tag of the active language, or of the language in which ``page`` is written."""
    return languages.html_lang(page.locale.language_code if page else get_language())


@register.simple_tag
def needs_extended_letters() -> bool:
    """Return whether the active language is written with letters beyond those of Latin-1."""
    return has_extended_letters(get_language())


@register.simple_tag
def lang_of(text: Any) -> str:
    """Print the ``lang`` attribute of what is written in another language than the active one.

    ``text`` is a page, a snippet, a ``PageLink`` or nothing at all.
    """
    if not text:
        return ""
    code = getattr(text, "language_code", None) or text.locale.language_code
    if code == get_language():
        return ""
    return format_html(' lang="{}"', languages.html_lang(code))


@register.simple_tag(takes_context=True)
def interface_lang(context: Context) -> str:
    """Print the ``lang`` attribute of interface texts inside a page of another language."""
    if getattr(context.get("page"), "shown_in", None):
        return format_html(' lang="{}"', html_lang())
    return ""


@register.simple_tag
def url_prefix() -> str:
    return languages.url_prefix(get_language())


def _shown_page(context: Context) -> Page | None:
    """Return the page of a context, None in a preview, which has no address."""
    if getattr(context["request"], "is_preview", False):
        return None
    return context.get("page")


@register.simple_tag(takes_context=True)
def page_languages(context: Context) -> Sequence[addresses.PageLanguage]:
    """Return the entries of the language switcher.

    From a page they lead to its translations, narrowed as its list is; from a view to the same view
    in each language.
    """
    page = _shown_page(context)
    if page is not None:
        return with_filter(addresses.page_languages(page), context.get("form"))
    is_error = context.get("status", 200) >= HTTPStatus.BAD_REQUEST
    return view_languages(context["request"], context.get("available", ()), is_error)


@register.simple_tag
def page_link(page_id: int | None) -> addresses.PageLink | None:
    """Return the page that a link leads to; None for no page, and for one that is not live."""
    if not page_id:
        return None
    return addresses.page_links([page_id]).get(page_id)


@register.simple_tag(takes_context=True)
def page_path(context: Context, page: Page) -> str:
    """Return the path at which the reader finds a page, by no query."""
    return addresses.path_here(page, context.get("request"))


@register.simple_tag(takes_context=True)
def full_address(context: Context, page: Page) -> str | None:
    """Return the absolute address of a page, as other sites link to it."""
    return page.get_full_url(context["request"])


@register.simple_tag
def ancestors_of(page: Page) -> list[addresses.PageLink]:
    """Return links to the pages above a page, from the language's home page down.

    A new page and a home page have none.
    """
    if not page.pk or page.depth <= 2:
        return []
    known = getattr(page, "route_ancestors", None)
    return _read_ancestors(page) if known is None else known


@asked_once
def _read_ancestors(page: Page) -> list[addresses.PageLink]:
    above = page.get_ancestors().filter(depth__gt=1).live().select_related("locale")
    return addresses.links_to(above)


@register.simple_tag
def children_of(page: Page) -> Sequence[Page]:
    """Return the pages right below a page, as its readers are shown them, in the editors' order.

    They are in the reader's language or, where they have no translation, in another one.
    """
    if not page.pk:
        return []
    below = Q()
    for other in addresses.translations_of(page):
        if other.numchild:
            below |= Q(path__startswith=other.path, depth=other.depth + 1)
    if not below:
        return []
    pages = ReaderQuerySet(Page).filter(below).order_by("path")
    return pages.for_readers(page.reader_language).select_related("locale")


@register.simple_tag
def picture_url(image: CustomImage | None) -> str:
    """Return the address of a picture, "" for none and for one that cannot be shown."""
    return pictures.picture_url(image)


@register.filter
def template_class(page: Page) -> str:
    """Return the class that names the page's template: "template-news-page"."""
    return "template-" + camel_case_to_spaces(type(page).__name__).replace(" ", "-")


@register.simple_tag
def share_links(url: str, title: str) -> list[dict[str, str]]:
    """Return the plain links that share a page.

    Nothing is loaded from the services they lead to.
    """
    both = f"{title} {url}"
    by_mail = pgettext("share by", "E-mail")
    linkedin = "https://www.linkedin.com/sharing/share-offsite/"
    facebook = "https://www.facebook.com/sharer/sharer.php"
    return [
        _share_link("LinkedIn", "linkedin", linkedin, url=url),
        _share_link("Bluesky", "bluesky", "https://bsky.app/intent/compose", text=both),
        _share_link("Facebook", "facebook", facebook, u=url),
        _share_link("X", "x-social", "https://x.com/intent/post", url=url, text=title),
        _share_link("WhatsApp", "whatsapp", "https://wa.me/", text=both),
        _share_link(by_mail, "mail", "mailto:", subject=title, body=url),
    ]


def _share_link(name: str, icon_name: str, address: str, **parameters: str) -> dict[str, str]:
    # Programs for mail show a plus as a plus.
    query = urlencode(parameters).replace("+", "%20")
    return {"name": name, "icon": icon_name, "url": f"{address}?{query}"}


@register.inclusion_tag("includes/head_links.html", takes_context=True)
def head_links(context: Context) -> dict[str, Any]:
    """Return the addresses for search engines; from a fallback they are led to the page itself."""
    page = _shown_page(context)
    alternates = [entry for entry in addresses.page_languages(page) if entry.url]
    by_code = {entry.code: entry.url for entry in alternates}
    if page is not None and getattr(page, "shown_in", None):
        canonical = by_code.get(page.locale.language_code, "")
        return {"canonical": canonical, "alternates": [], "is_fallback": True}
    first = alternates[0].url if alternates else ""
    return {
        "canonical": by_code.get(get_language(), ""),
        "alternates": alternates,
        "default": by_code.get(languages.source_language(), first),
    }


@register.inclusion_tag("includes/meta_tags.html", takes_context=True)
def meta_tags(context: Context) -> dict[str, Any]:
    """Return what other sites and programs show of a page that is shared."""
    request = context["request"]
    page = context.get("page")
    is_saved = page and page.pk
    picture = _shared_picture(getattr(page, "share_image", None))
    language_code = page.locale.language_code if page else get_language()
    return {
        "page": page,
        "url": page.get_full_url(request) if is_saved else request.build_absolute_uri(),
        "image_url": request.build_absolute_uri(picture.url),
        "image_width": picture.width,
        "image_height": picture.height,
        "locale": languages.open_graph_locale(language_code),
    }


def _shared_picture(image: CustomImage | None) -> Size:
    """Return a picture for links that are shared, or the site's own: nothing there draws an SVG."""
    stock = Size(static(pictures.PREVIEW_PICTURE), 1200, 630)
    if not image or image.is_svg():
        return stock
    return image.sizes().get(FALLBACK, stock)


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> str:
    """Print the JSON-LD of the page, where its type has any."""
    page = context.get("page")
    describe = getattr(page, "structured_data", None)
    if describe is None or page.shown_in:
        return ""
    return as_script(describe(context["request"]))
