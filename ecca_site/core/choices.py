"""Everything the streams of a page choose, by one query for each kind of thing.

Stock blocks ask once for each kind of block: a body with figures, a gallery and sections costs three queries for its
pictures alone.
"""

import copy
import re
from collections import defaultdict
from contextvars import ContextVar

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock as BaseDocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock as BaseImageBlock
from wagtail.images.blocks import ImageChooserBlock as BaseImageChooserBlock
from wagtail.models import Page

from .addresses import page_links

PAGE_LINK = re.compile(r'<a[^>]* linktype="page"[^>]* id="(\d+)"|<a[^>]* id="(\d+)"[^>]* linktype="page"')

_loaded = ContextVar("loaded")


class LoadedAtOnce:
    """A chooser block that takes what ``load_choices`` has loaded, and asks the database itself elsewhere."""

    def bulk_to_python(self, values):
        loaded = _loaded.get(None)
        if loaded is None:
            return super().bulk_to_python(values)
        objects = loaded[self.model_class]
        # A copy each: blocks write on the object they were given, such as an alternative text.
        return [copy.copy(objects.get(value)) for value in values]


class DocumentChooserBlock(LoadedAtOnce, BaseDocumentChooserBlock):
    pass


class ImageChooserBlock(LoadedAtOnce, BaseImageChooserBlock):
    pass


class PageChooserBlock(LoadedAtOnce, blocks.PageChooserBlock):
    pass


class ImageBlock(BaseImageBlock):
    def __init__(self, required=True, **kwargs):
        super().__init__(required=required, **kwargs)
        chooser = ImageChooserBlock(required=required, label=self.child_blocks["image"].label)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser


def load_choices(page):
    """Give every stream of ``page`` its values, and look up once what its texts and choices link to."""
    streams, chosen, linked = [], defaultdict(set), set()
    for field in page._meta.fields:
        value = getattr(page, field.attname)
        if isinstance(field, StreamField) and getattr(field.stream_block, "is_read_with_page", True):
            streams.append(value)
            _collect(field.stream_block, value.raw_data, chosen, linked)
        elif isinstance(field, RichTextField):
            linked |= _links_in(value)
        elif _is_link(field) and value:
            linked.add(value)
    pages = {model: pks for model, pks in chosen.items() if issubclass(model, Page)}
    page_links(linked.union(*pages.values()))
    loaded = defaultdict(
        dict, {model: model.objects.in_bulk(pks) for model, pks in chosen.items() if model not in pages}
    )
    for model, pks in pages.items():
        # Of a chosen page blocks need the key, whose link is known now; the rest is read if one asks for it.
        loaded[model] = {pk: model.from_db(None, [model._meta.pk.attname], [pk]) for pk in pks}
    token = _loaded.set(loaded)
    try:
        for stream in streams:
            for child in stream:
                child.value  # noqa: B018  reading makes it
    finally:
        _loaded.reset(token)


def _is_link(field):
    return field.is_relation and issubclass(field.related_model, Page) and field.name not in ("page_ptr", "alias_of")


def _links_in(html):
    return {int(first or second) for first, second in PAGE_LINK.findall(html or "")}


def _collect(block, raw, chosen, linked):
    """Add what a raw value of a block chooses and links to."""
    if not raw:
        return
    if isinstance(block, blocks.ChooserBlock):
        chosen[block.model_class].add(raw)
    elif isinstance(block, blocks.RichTextBlock):
        linked |= _links_in(raw)
    elif isinstance(block, blocks.StreamBlock):
        for row in raw:
            _collect(block.child_blocks.get(row["type"]), row["value"], chosen, linked)
    elif isinstance(block, blocks.ListBlock):
        for row in raw:
            is_item = isinstance(row, dict) and row.get("type") == "item"
            _collect(block.child_block, row["value"] if is_item else row, chosen, linked)
    elif isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        for name, child in block.child_blocks.items():
            _collect(child, raw.get(name), chosen, linked)
