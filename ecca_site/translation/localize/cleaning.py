"""The rules for everything that is written into wagtail-localize's store of texts and overrides.

wagtail-localize keeps a text as a fragment of HTML without attributes: ``<a id="a1">`` stands for
the first link of the source. It marks a text that it cannot use as faulty and saves it all the
same; here such a text is refused with the reason, and every text that is kept went through nh3.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

import nh3
from bs4 import BeautifulSoup, Comment, Tag
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail_localize.strings import StringValue

from ecca_site.core.forms import may_choose
from ecca_site.intake.json_input import Unreadable, is_storable, parse
from ecca_site.users.models import User

from .targets import Target, inline_tags, is_multiline, is_rich

SCHEMES = {"http", "https", "mailto", "tel"}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
AMPERSAND = re.compile(r"&(?!#?\w+;)")  # one that begins no entity, as people write it
OPENING = re.compile(r"<(?!/?(?:br|wbr|hr)\b)[A-Za-z]", re.IGNORECASE)  # tags that hold something
LONGEST_TEXT = 100_000  # characters
MOST_TAGS = 200  # of a text whose source has fewer; so many may be nested
LONGEST_SHOWN = 40  # letters of somebody's input in a message


def clean_text(text: str, *, source: str, target: Target | None = None) -> str:
    """Return a translated text as it may be kept.

    Args:
        text: HTML as a translator, a file or a service gave it.
        source: the text it translates, as wagtail-localize keeps it.
        target: the model field or block that it goes into, None where that is not known.

    Raises:
        ValidationError: it is empty, holds markup that its place does not allow, or does not fit
        its field.
    """
    _check_size(text, source)
    text = _as_html(text, target)
    allowed = _allowed_tags(source, target)
    _check_markup(text, allowed, link_ids(source))
    attributes = {"a": {"id"}} if "a" in allowed else {}
    cleaned = nh3.clean(text, tags=allowed, attributes=attributes, link_rel=None)
    if _outline(cleaned) != _outline(text):
        raise ValidationError(
            _("The markup of this text is broken. Write < as &lt; and & as &amp;.")
        )
    value = StringValue.from_translated_html(cleaned)
    if not value.render_text().strip():
        raise ValidationError(_("This text is empty. Leave it untranslated instead."))
    if not is_rich(target):
        _check_field(value.render_text(), target)
    return value.data


def _check_size(html: str, source: str) -> None:
    """Hold length and tags of a text against what parsers bear, without parsing it.

    Raises:
        ValidationError: it is too long or has too many tags, which may be nested.
    """
    if len(html) > max(LONGEST_TEXT, 2 * len(source)):
        raise ValidationError(_("This text is too long: at most %d characters.") % LONGEST_TEXT)
    if len(OPENING.findall(html)) > max(MOST_TAGS, len(OPENING.findall(source))):
        raise ValidationError(_("This text holds too much markup."))


def _as_html(text: str, target: Target | None) -> str:
    """Return what somebody typed as HTML: composed letters, escaped ampersands, line breaks."""
    text = CONTROL.sub("", text.replace("\r\n", "\n"))
    text = unicodedata.normalize("NFC", text).strip()
    text = AMPERSAND.sub("&amp;", text)
    if is_rich(target):
        return text
    if is_multiline(target):
        return text.replace("\n", "<br>")
    return " ".join(text.split())


def link_ids(html: str) -> set[str]:
    """Return the identifiers of the links of a text: {"a1"} for one with a single link."""
    return {str(link["id"]) for link in BeautifulSoup(html, "html.parser").find_all("a", id=True)}


def _tags_of(html: str) -> list[str]:
    """Return the tags of a text in their order."""
    return [element.name for element in BeautifulSoup(html, "html.parser").find_all(True)]


def _allowed_tags(source: str, target: Target | None) -> set[str]:
    """Return the tags of the source and those that the features of its place allow besides."""
    allowed = set(_tags_of(source))
    if target is not None and is_rich(target):
        allowed |= inline_tags(target)
    elif is_multiline(target):
        allowed.add("br")
    return allowed


def _check_markup(text: str, allowed: set[str], ids: set[str]) -> None:
    """Hold the tags and attributes of a text against those that its place allows.

    Raises:
        ValidationError: it holds another, or a link that the source does not have.
    """
    for element in _elements(text):
        if element.name not in allowed:
            raise ValidationError(
                _("<%(tag)s> is not allowed in this text.") % {"tag": _shown(element.name)}
            )
        for name in element.attrs:
            if element.name != "a" or name != "id":
                raise ValidationError(
                    _("The attribute %(name)s is not allowed.") % {"name": _shown(name)}
                )
        if element.name == "a" and element.attrs.get("id") not in ids:
            raise ValidationError(
                _("The source has no link with the id “%(id)s”.")
                % {"id": _shown(str(element.attrs.get("id", "")))}
            )


def _elements(text: str) -> Iterator[Tag]:
    for element in BeautifulSoup(text, "html.parser").descendants:
        if isinstance(element, Comment):
            raise ValidationError(_("Comments and declarations are not allowed in a text."))
        if isinstance(element, Tag):
            yield element


def _outline(html: str) -> tuple[list[str], str]:
    """Return tags and text in their order: equal where every parser reads two texts alike."""
    return _tags_of(html), BeautifulSoup(html, "html.parser").get_text()


def _check_field(text: str, target: Target | None) -> None:
    """Hold a plain text against the rules of its field, such as its greatest length."""
    if isinstance(target, models.Field):
        target.clean(text, None)
    elif isinstance(target, (blocks.CharBlock, blocks.TextBlock)):
        target.clean(text)


def _shown(text: str) -> str:
    return text[:LONGEST_SHOWN]


def clean_override(
    data: object, *, path: str, target: Target | None, user: User | None = None
) -> object:
    """Return a value that stands in a translation instead of the source's, as it may be kept.

    Args:
        data: the key of a chosen object, or a text or an address.
        path: of the segment; the address of a link in a rich text is its last part, in quotes.
        target: the model field or block.
        user: the person who did it; without one nobody's right to choose is asked for.

    Raises:
        ValidationError: the chosen object does not exist or may not be chosen, the address is none
        that a link may have, or the value is the same in all languages.
    """
    if path.endswith("'"):
        return clean_address(data)
    model = chosen_model(target)
    if model is not None:
        return _clean_choice(data, model, target, user)
    if isinstance(target, (models.CharField, models.TextField)):
        value = target.clean(_text(data), None)
    elif isinstance(
        target, (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock)
    ):
        value = target.clean(_text(data))
    else:
        raise ValidationError(_("This value is the same in all languages."))
    if isinstance(target, (models.URLField, blocks.URLBlock)):
        return clean_address(value)
    return value


def clean_address(address: object) -> str:
    """Return an address that a link may lead to.

    That is http, https, mailto, tel, or a path or an anchor of this site.

    Raises:
        ValidationError: it leads elsewhere.
    """
    address = _text(address).strip()
    if not _may_lead_to(address):
        raise ValidationError(
            _("A link may lead to http, https, mailto and tel addresses or to a path of this site.")
        )
    return address


def _may_lead_to(address: str) -> bool:
    # Browsers read java<tab>script: as one word.
    if re.search(r"[\s\\]", address) or CONTROL.search(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme in SCHEMES and _has_destination(parts)
    return not parts.netloc and address.startswith(("/", "#"))


def _has_destination(parts: SplitResult) -> bool:
    if parts.netloc:
        return True
    return bool(parts.path) and parts.scheme not in ("http", "https")


def _text(data: object) -> str:
    if not isinstance(data, str) or not is_storable(data):
        raise ValidationError(_("This must be a text."))
    return unicodedata.normalize("NFC", data)


def chosen_model(target: Target | None) -> type[models.Model] | None:
    """Return the model of objects that a field or block chooses, None where it has values."""
    if isinstance(target, blocks.ChooserBlock):
        return target.model_class
    if isinstance(target, models.ForeignKey):
        return target.related_model
    return None


def _clean_choice(
    data: object, model: type[models.Model], target: Target | None, user: User | None
) -> int:
    chosen = _chosen_object(data, model)
    if chosen is None:
        raise ValidationError(_("What was chosen here does not exist any more."))
    if isinstance(target, blocks.PageChooserBlock) and not isinstance(
        chosen.specific, tuple(target.target_models)
    ):
        raise ValidationError(_("A page of this kind cannot be chosen here."))
    if not may_choose(user, {(type(chosen), str(chosen.pk))}):
        raise ValidationError(_("You may not choose this."))
    return chosen.pk


def _chosen_object(pk: object, model: type[models.Model]) -> models.Model | None:
    if pk in (None, ""):
        return None
    try:
        return model._default_manager.filter(pk=pk).first()
    except (TypeError, ValueError, OverflowError):
        return None


def clean_override_json(
    data_json: str, *, path: str, target: Target | None, user: User | None = None
) -> str:
    """Do the same with a value as wagtail-localize keeps it, as JSON."""
    try:
        data = parse(data_json)
    except Unreadable:
        raise ValidationError(_("This is not JSON.")) from None
    return json.dumps(clean_override(data, path=path, target=target, user=user))
