"""What may be written into wagtail-localize's store of texts and overrides.

wagtail-localize keeps a text as a fragment of HTML without attributes: ``<a id="a1">`` stands for the first link of the
source. It marks what it cannot use as faulty and saves it all the same; here it is refused with the reason, and what
is kept went through nh3.
"""

import json
import re
import unicodedata
from urllib.parse import urlsplit

import nh3
from bs4 import BeautifulSoup, Comment, Tag
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail_localize.strings import StringValue

from ecca_site.core.forms import may_choose

from .targets import inline_tags, is_multiline, is_rich

SCHEMES = {"http", "https", "mailto", "tel"}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
AMPERSAND = re.compile(r"&(?!#?\w+;)")  # one that begins no entity, as people write it
LONGEST_SHOWN = 40  # letters of somebody's input in a message


def clean_text(text, *, source, target=None):
    """Return a translated text as it may be kept.

    Args:
        text: HTML as a translator, a file or a service gave it.
        source: the text it translates, as wagtail-localize keeps it.
        target: the model field or block that it goes into, None where that is not known.

    Raises:
        ValidationError: it is empty, holds markup that its place does not allow, or does not fit its field.
    """
    text = unicodedata.normalize("NFC", CONTROL.sub("", text.replace("\r\n", "\n"))).strip()
    text = AMPERSAND.sub("&amp;", text)
    if not is_rich(target):
        text = text.replace("\n", "<br>") if is_multiline(target) else " ".join(text.split())
    allowed = _tags(BeautifulSoup(source, "html.parser"))
    if is_rich(target):
        allowed |= inline_tags(target)
    elif is_multiline(target):
        allowed.add("br")
    _check_markup(text, allowed, link_ids(source))
    cleaned = nh3.clean(text, tags=allowed, attributes={"a": {"id"}} if "a" in allowed else {}, link_rel=None)
    if _outline(cleaned) != _outline(text):
        raise ValidationError(_("The markup of this text is broken. Write < as &lt; and & as &amp;."))
    value = StringValue.from_translated_html(cleaned)
    if not value.render_text().strip():
        raise ValidationError(_("This text is empty. Leave it untranslated instead."))
    if not is_rich(target):
        _check_field(value.render_text(), target)
    return value.data


def link_ids(html):
    """Return the identifiers of the links of a text: {"a1"} for one with a single link."""
    return {link["id"] for link in BeautifulSoup(html, "html.parser").find_all("a", id=True)}


def _tags(soup):
    return {element.name for element in soup.find_all(True)}


def _check_markup(text, allowed, ids):
    for element in BeautifulSoup(text, "html.parser").descendants:
        if isinstance(element, Comment):
            raise ValidationError(_("Comments and declarations are not allowed in a text."))
        if not isinstance(element, Tag):
            continue
        if element.name not in allowed:
            raise ValidationError(_("<%(tag)s> is not allowed in this text.") % {"tag": _shown(element.name)})
        for name in element.attrs:
            if element.name != "a" or name != "id":
                raise ValidationError(_("The attribute %(name)s is not allowed.") % {"name": _shown(name)})
        if element.name == "a" and element.attrs.get("id") not in ids:
            raise ValidationError(
                _("The source has no link with the id “%(id)s”.") % {"id": _shown(element.attrs.get("id", ""))}
            )


def _outline(html):
    """Return tags and text in their order: equal for two texts that every parser reads in the same way."""
    soup = BeautifulSoup(html, "html.parser")
    return [element.name for element in soup.find_all(True)], soup.get_text()


def _check_field(text, target):
    """Hold a plain text against the rules of its field, such as its greatest length."""
    if isinstance(target, models.Field):
        target.clean(text, None)
    elif isinstance(target, (blocks.CharBlock, blocks.TextBlock)):
        target.clean(text)


def _shown(text):
    return text[:LONGEST_SHOWN]


def clean_override(data, *, path, target, user=None):
    """Return a value that stands in a translation instead of the source's, as it may be kept.

    Args:
        data: what was chosen or written.
        path: of the segment; the address of a link in a rich text is its last part, in quotes.
        target: the model field or block.
        user: who did it; without one nobody's right to choose is asked for.

    Raises:
        ValidationError: what was chosen does not exist or may not be chosen; an address is none that a link may have.
    """
    if path.endswith("'"):
        return clean_address(data)
    model = chosen_model(target)
    if model:
        return _clean_choice(data, model, target, user)
    if isinstance(target, (models.CharField, models.TextField)):
        data = target.clean(_text(data), None)
    elif isinstance(target, (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock)):
        data = target.clean(_text(data))
    else:
        raise ValidationError(_("This value is the same in all languages."))
    is_address = isinstance(target, (models.URLField, blocks.URLBlock))
    return clean_address(data) if is_address else data


def clean_address(address):
    """Return an address that a link may lead to: http, https, mailto, tel, or a path or anchor of this site.

    Raises:
        ValidationError: it leads elsewhere.
    """
    address = _text(address).strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = None
    has_gap = re.search(r"[\s\\]", address) or CONTROL.search(address)  # browsers read java<tab>script: as one word
    if parts and not has_gap:
        if parts.scheme in SCHEMES and (parts.netloc or (parts.path and parts.scheme not in ("http", "https"))):
            return address
        if not parts.scheme and not parts.netloc and address.startswith(("/", "#")):
            return address
    raise ValidationError(_("A link may lead to http, https, mailto and tel addresses or to a path of this site."))


def _text(data):
    if not isinstance(data, str):
        raise ValidationError(_("This must be a text."))
    return unicodedata.normalize("NFC", data)


def chosen_model(target):
    if isinstance(target, blocks.ChooserBlock):
        return target.model_class
    return target.related_model if isinstance(target, models.ForeignKey) else None


def _clean_choice(data, model, target, user):
    try:
        chosen = model._default_manager.filter(pk=data).first() if data not in (None, "") else None
    except (TypeError, ValueError, OverflowError):
        chosen = None
    if chosen is None:
        raise ValidationError(_("What was chosen here does not exist any more."))
    if isinstance(target, blocks.PageChooserBlock) and not isinstance(chosen.specific, tuple(target.target_models)):
        raise ValidationError(_("A page of this kind cannot be chosen here."))
    if not may_choose(user, {(type(chosen), str(chosen.pk))}):
        raise ValidationError(_("You may not choose this."))
    return chosen.pk


def clean_override_json(data_json, **where):
    """Do the same with a value as wagtail-localize keeps it, as JSON."""
    try:
        data = json.loads(data_json)
    except ValueError:
        raise ValidationError(_("This is not JSON.")) from None
    return json.dumps(clean_override(data, **where))
