"""Everything that the streams of a page choose, by one query for each kind of thing.

Stock blocks ask once for each kind of block: a body with figures, a gallery and sections costs
three queries for its pictures alone.
"""

import copy
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Field, Model
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock as BaseDocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock as BaseImageBlock
from wagtail.images.blocks import ImageChooserBlock as BaseImageChooserBlock
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from ecca_site.delivery.addresses import page_links

from .streams import raw_visits

PAGE_LINK = re.compile(
    r'<a[^>]* linktype="page"[^>]* id="(\d+)"|<a[^>]* id="(\d+)"[^>]* linktype="page"'
)

# Primary keys of what is chosen, by model; and the objects themselves by model and primary key.
Chosen = defaultdict[type[Model], set[int]]
Loaded = Mapping[type[Model], Mapping[int | None, Model]]

_loaded: ContextVar[Loaded] = ContextVar("loaded")


class LoadedAtOnce:
    """A chooser block that takes what ``load_choices`` has loaded.

    Where nothing has been loaded it asks the database itself.
    """

    def bulk_to_python(self, values: Sequence[int | None]) -> list[Model | None]:
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
    def __init__(self, required: bool = True, **kwargs: object) -> None:
        super().__init__(required=required, **kwargs)
        chooser = ImageChooserBlock(required=required, label=self.child_blocks["image"].label)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser


class _Keys(dict[int | None, Model]):
    """The objects of a model that are asked for, each with its key alone."""

    def __init__(self, model: type[Model]) -> None:
        super().__init__()
        self.model = model

    def get(self, key: int | None, default: Model | None = None) -> Model | None:
        if key is None:
            return default
        return self.model.from_db(None, [self.model._meta.pk.attname], [key])


class _KeysOfAll(dict[type[Model], _Keys]):
    def __missing__(self, model: type[Model]) -> _Keys:
        return _Keys(model)


@contextmanager
def keys_alone() -> Iterator[None]:
    """Let the streams that are read now know of what they choose the primary keys, and no more."""
    token = _loaded.set(_KeysOfAll())
    try:
        yield
    finally:
        _loaded.reset(token)


def pictures_of(page: Page) -> list[AbstractImage]:
    """Return every picture that the fields and streams of a page choose."""
    chosen: Chosen = defaultdict(set)
    for field in page._meta.fields:
        if isinstance(field, StreamField):
            _collect(field.stream_block, getattr(page, field.attname).raw_data, chosen, set())
        elif field.is_relation and issubclass(field.related_model, AbstractImage):
            chosen[field.related_model].add(getattr(page, field.attname))
    found: list[AbstractImage] = []
    for model, pks in chosen.items():
        if issubclass(model, AbstractImage):
            found += model.objects.filter(pk__in=pks - {None}).order_by("pk")
    return found


def load_choices(page: Page) -> None:
    """Give every stream of a page its values, and look up once what its texts and choices link to.

    A stream whose block says ``is_read_with_page = False`` is left as it is.
    """
    streams = []
    chosen: Chosen = defaultdict(set)
    linked: set[int] = set()
    for field in page._meta.fields:
        value = getattr(page, field.attname)
        if _is_read_with_page(field):
            streams.append(value)
            _collect(field.stream_block, value.raw_data, chosen, linked)
        elif isinstance(field, RichTextField):
            linked |= _links_in(value)
        elif _is_link(field) and value:
            linked.add(value)
    for model, pks in chosen.items():
        if issubclass(model, Page):
            linked |= pks
    page_links(linked)
    token = _loaded.set(_load(chosen))
    try:
        for stream in streams:
            for child in stream:
                child.value  # noqa: B018  reading makes it
    finally:
        _loaded.reset(token)


def _load(chosen: Chosen) -> Loaded:
    """Return what is chosen, by one query for each model but pages.

    Of a page blocks need the key alone, since its link is known; the rest is read if one asks.
    """
    loaded: defaultdict[type[Model], dict[int | None, Model]] = defaultdict(dict)
    for model, pks in chosen.items():
        if issubclass(model, Page):
            names = [model._meta.pk.attname]
            loaded[model] = {pk: model.from_db(None, names, [pk]) for pk in pks}
        else:
            loaded[model] = model.objects.in_bulk(pks)
    return loaded


def _is_read_with_page(field: Field) -> bool:
    if not isinstance(field, StreamField):
        return False
    return getattr(field.stream_block, "is_read_with_page", True)


def _is_link(field: Field) -> bool:
    """Return whether a field of a page chooses another page."""
    if not field.is_relation or field.name in ("page_ptr", "alias_of"):
        return False
    return issubclass(field.related_model, Page)


def _links_in(html: str | None) -> set[int]:
    return {int(first or second) for first, second in PAGE_LINK.findall(html or "")}


def _collect(block: blocks.Block, raw: Any, chosen: Chosen, linked: set[int]) -> None:
    """Add what a raw value of a block chooses and links to."""
    for visit in raw_visits(block, raw):
        if isinstance(visit.block, blocks.ChooserBlock) and visit.value:
            chosen[visit.block.model_class].add(visit.value)
        elif isinstance(visit.block, blocks.RichTextBlock):
            linked |= _links_in(visit.value)
