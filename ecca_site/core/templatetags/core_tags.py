from urllib.parse import urlencode

from django import template
from django.db.models import Q
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.text import camel_case_to_spaces
from django.utils.translation import get_language, pgettext
from wagtail.models import Page

from ecca_site.core import addresses, dates, languages, pictures
from ecca_site.core.countries import country_name, language_name
from ecca_site.core.fallback import ReaderQuerySet
from ecca_site.core.structured_data import as_script

register = template.Library()

register.filter("localized_date", dates.localized_date)
register.filter("localized_time", dates.localized_time)
register.filter("localized_number", dates.localized_number)
register.filter("country", country_name)
register.filter("language", language_name)
register.filter("native_name", languages.native_name)
register.filter("html_tag", languages.html_lang)
register.simple_tag(dates.date_range)


@register.simple_tag(takes_context=True)
def picture(context, image, alt="", sizes="100vw", eager=False, css_class=""):
    """Print a picture with all its renditions; in a block's preview without a picture, the site's own."""
    if image:
        return pictures.picture_markup(image, alt, sizes, eager, css_class)
    request = context.get("request")
    return pictures.preview_markup(css_class) if getattr(request, "is_preview", False) else ""


@register.simple_tag
def icon(name):
    return format_html(
        '<svg class="icon" width="24" height="24" aria-hidden="true" focusable="false"><use href="{}#icon-{}"/></svg>',
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def html_lang(page=None):
    """Return the tag of the active language, or of the language in which ``page`` is written."""
    return languages.html_lang(page.locale.language_code if page else get_language())


@register.simple_tag
def lang_of(text):
    """Print the ``lang`` attribute of what is written in another language than the one around it.

    ``text`` is a page, or a ``PageLink``; nothing is printed for no page at all.
    """
    code = getattr(text, "language_code", None) or (text.locale.language_code if text else get_language())
    return "" if code == get_language() else format_html(' lang="{}"', languages.html_lang(code))


@register.simple_tag(takes_context=True)
def interface_lang(context):
    """Print the ``lang`` attribute of interface texts inside the text of a page in another language."""
    page = context.get("page")
    return format_html(' lang="{}"', html_lang()) if getattr(page, "shown_in", None) else ""


@register.simple_tag
def url_prefix():
    return languages.url_prefix(get_language())


def _shown_page(context):
    """The page of this context, None in a preview, which has no address."""
    return None if getattr(context["request"], "is_preview", False) else context.get("page")


@register.simple_tag(takes_context=True)
def page_languages(context):
    return addresses.page_languages(_shown_page(context))


@register.simple_tag
def page_link(page_id):
    """Return what a link to a page leads to (``PageLink``), or None for no page and for one that is not live."""
    return addresses.page_links([page_id]).get(page_id) if page_id else None


@register.simple_tag(takes_context=True)
def page_path(context, page):
    """Return where the reader finds a page, without scheme and host, by no query."""
    return addresses.path_here(page, context.get("request"))


@register.simple_tag(takes_context=True)
def full_address(context, page):
    """Return the absolute address of a page, as other sites link to it."""
    return page.get_full_url(context["request"])


@register.simple_tag
def ancestors_of(page):
    """Return links to what stands above ``page``, from the language's home page down; none for a new page."""
    if not page.pk or page.depth <= 2:
        return []
    if not hasattr(page, "route_ancestors"):
        above = page.get_ancestors().filter(depth__gt=1).live().select_related("locale")
        page.route_ancestors = addresses.links_to(above)
    return page.route_ancestors


@register.simple_tag
def children_of(page):
    """Return what stands right below ``page`` in any language, as its readers are shown it, in the editors' order."""
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
def picture_url(image):
    return image.sizes()[pictures.FALLBACK].url


@register.filter
def template_class(page):
    """Return the class that names the page's template: "template-news-page"."""
    return "template-" + camel_case_to_spaces(type(page).__name__).replace(" ", "-")


@register.simple_tag
def share_links(url, title):
    """Return the plain links that share a page; nothing is loaded from the services they lead to."""
    return [
        {"name": name, "icon": icon_name, "url": f"{address}?{urlencode(parameters)}".replace("+", "%20")}
        for name, icon_name, address, parameters in (
            ("LinkedIn", "linkedin", "https://www.linkedin.com/sharing/share-offsite/", {"url": url}),
            ("Bluesky", "bluesky", "https://bsky.app/intent/compose", {"text": f"{title} {url}"}),
            ("Facebook", "facebook", "https://www.facebook.com/sharer/sharer.php", {"u": url}),
            ("X", "x-social", "https://x.com/intent/post", {"url": url, "text": title}),
            ("WhatsApp", "whatsapp", "https://wa.me/", {"text": f"{title} {url}"}),
            (pgettext("share by", "E-mail"), "mail", "mailto:", {"subject": title, "body": url}),
        )
    ]


@register.simple_tag
def json_ld(data):
    return as_script(data)


@register.inclusion_tag("includes/head_links.html", takes_context=True)
def head_links(context):
    page = _shown_page(context)
    alternates = [entry for entry in addresses.page_languages(page) if entry.url]
    if getattr(page, "shown_in", None):  # in place of a translation: search engines are led to the page itself
        source = next((entry.url for entry in alternates if entry.code == page.locale.language_code), "")
        return {"canonical": source, "alternates": [], "is_fallback": True}
    default = next((entry.url for entry in alternates if entry.code == "en"), alternates[0].url if alternates else "")
    return {
        "canonical": next((entry.url for entry in alternates if entry.is_current), ""),
        "alternates": alternates,
        "default": default,
    }


@register.inclusion_tag("includes/meta_tags.html", takes_context=True)
def meta_tags(context):
    request = context["request"]
    page = context.get("page")
    image = getattr(page, "share_image", None)
    # What shows a shared link draws no SVG.
    rendition = image.sizes()[pictures.FALLBACK] if image and not image.is_svg() else None
    return {
        "page": page,
        "url": page.get_full_url(request) if page and page.pk else request.build_absolute_uri(),
        "image_url": request.build_absolute_uri(rendition.url if rendition else static(pictures.PREVIEW_PICTURE)),
        "image_width": rendition.width if rendition else 1200,
        "image_height": rendition.height if rendition else 630,
        "locale": languages.open_graph_locale(page.locale.language_code if page else get_language()),
    }


@register.simple_tag(takes_context=True)
def structured_data(context):
    """Print the JSON-LD of the page, where its type has any."""
    page = context.get("page")
    describe = getattr(page, "structured_data", None)
    return as_script(describe(context["request"])) if describe and not page.shown_in else ""
