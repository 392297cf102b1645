from urllib.parse import urlencode

from django import template
from django.templatetags.static import static
from django.utils.encoding import force_str
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import camel_case_to_spaces
from django.utils.translation import get_language, pgettext

from ecca_site.core import addresses, dates, languages, pictures
from ecca_site.core.countries import country_name, language_name
from ecca_site.core.structured_data import as_script

register = template.Library()

register.filter("localized_date", dates.localized_date)
register.filter("localized_time", dates.localized_time)
register.filter("localized_number", dates.localized_number)
register.filter("country", country_name)
register.filter("language", language_name)
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
def html_lang():
    return languages.html_lang(get_language())


@register.simple_tag
def url_prefix():
    return languages.url_prefix(get_language())


@register.simple_tag(takes_context=True)
def page_languages(context):
    return addresses.page_languages(context["request"], context.get("page"))


@register.simple_tag(takes_context=True)
def page_link(context, page):
    """Return the address of a page in the reader's language, of the page itself where there is no translation."""
    return page.localized.get_url(context.get("request")) if page else ""


@register.simple_tag(takes_context=True)
def full_address(context, page):
    """Return the absolute address of a page, as other sites link to it."""
    return page.get_full_url(context["request"])


@register.simple_tag
def localized_page(page):
    """Return the live page in the reader's language that says the same as ``page``; ``page`` itself failing that."""
    return page.specific.localized if page else None


@register.simple_tag
def ancestors_of(page):
    """Return the pages above ``page``, from the language's home page down; none for a home page or a new page."""
    return page.get_ancestors().filter(depth__gt=1).select_related("locale") if page.pk and page.depth > 2 else []


@register.simple_tag
def children_of(page):
    """Return the live pages right below ``page``, in the order editors gave them."""
    return page.get_children().live().public().filter(alias_of=None).select_related("locale") if page.pk else []


@register.simple_tag
def picture_url(image):
    return image.make_renditions()[pictures.FALLBACK].url


@register.filter
def template_class(page):
    """Return the class that names the page's template: "template-news-page"."""
    return "template-" + camel_case_to_spaces(type(page).__name__).replace(" ", "-")


@register.filter
def obfuscated(address):
    """Return an address as HTML entities, which people read and simple harvesters do not."""
    return mark_safe("".join(f"&#{ord(character)};" for character in force_str(address)))  # noqa: S308  digits only


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
    request = context["request"]
    page = context.get("page")
    alternates = [entry for entry in addresses.page_languages(request, page) if entry.url]
    default = next((entry.url for entry in alternates if entry.code == "en"), alternates[0].url if alternates else "")
    return {
        "canonical": next((entry.url for entry in alternates if entry.is_current), ""),
        "alternates": alternates,
        "default": default,
        "prefix": url_prefix(),
    }


@register.inclusion_tag("includes/meta_tags.html", takes_context=True)
def meta_tags(context):
    request = context["request"]
    page = context.get("page")
    image = getattr(page, "share_image", None)
    rendition = image.make_renditions()[pictures.FALLBACK] if image else None
    return {
        "page": page,
        "url": page.get_full_url(request) if page and page.pk else request.build_absolute_uri(),
        "image_url": request.build_absolute_uri(rendition.url if rendition else static(pictures.PREVIEW_PICTURE)),
        "image_width": rendition.width if rendition else 1200,
        "image_height": rendition.height if rendition else 630,
        "locale": dates.cldr_locale(),
    }


@register.simple_tag(takes_context=True)
def structured_data(context):
    """Print the JSON-LD of the page, where its type has any."""
    page = context.get("page")
    describe = getattr(page, "structured_data", None)
    return as_script(describe(context["request"])) if describe else ""
