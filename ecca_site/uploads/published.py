"""The public mirror of the private files: those that something live uses, and no others.

It is laid out as the addresses of the site are, so that a server in front finds in it what it may
send without asking anybody. What may stand in it follows from ``PublishedUse`` alone: whoever
changes that calls ``tasks.announce``.
"""

import logging
import os
import shutil
import uuid
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import FileSystemStorage, Storage, default_storage, storages
from django.db.models import Model

from .images import RENDITION_SPECS, CustomImage, Rendition
from .models import CustomDocument, PublishedUse

logger = logging.getLogger(__name__)

PUBLISHED = "published"  # the storage of the mirror, in the settings
MEDIA = "media"
DOCUMENTS = "documents"
FILES: tuple[type[Model], ...] = (CustomImage, CustomDocument)
BATCH = 500

Addresses = dict[str, str]  # the name in the private store of the file at each address


# --- What is published ---------------------------------------------------------------------------
def published_keys(model: type[Model], keys: Collection[int]) -> set[int]:
    """Return those of some pictures, or of some documents, that something live uses."""
    content_type = ContentType.objects.get_for_model(model)
    uses = PublishedUse.objects.filter(content_type=content_type, object_id__in=keys)
    return set(uses.values_list("object_id", flat=True))


def is_published(file: Model) -> bool:
    return bool(published_keys(type(file), [file.pk]))


def is_shown(file: Model) -> bool:
    """Return whether pages show or link a stored file itself.

    Of a picture they show the renditions of the site. Its original, and the small ones that the CMS
    makes for itself, are nobody's business; a drawing has no renditions.
    """
    if isinstance(file, Rendition):
        return file.filter_spec in RENDITION_SPECS
    return not isinstance(file, CustomImage) or bool(file.is_svg())


def addresses_of(file: Model) -> Addresses:
    """Return where visitors find a picture or document once it is published."""
    if isinstance(file, CustomImage):
        stored = [file, *file.renditions.all()]
        return {address_of(one): one.file.name for one in stored if is_shown(one)}
    page = f"{DOCUMENTS}/{file.pk}/{file.filename}"
    return {address_of(file): file.file.name, page: file.file.name}


def address_of(file: Model) -> str:
    return f"{MEDIA}/{file.file.name}"


# --- Following it --------------------------------------------------------------------------------
def follow(model: type[Model], keys: Collection[int]) -> None:
    """Put what is published of some files into the mirror, and take the rest of them out.

    It looks again when it is done: of two who follow at once, one may have read what was old by
    then.
    """
    public = published_keys(model, keys)
    while True:
        for file in rows_of(model, keys):
            for address, name in addresses_of(file).items():
                if file.pk in public:
                    put(address, name)
                else:
                    take(address)
        newer = published_keys(model, keys)
        if newer == public:
            return
        public = newer


def rows_of(model: type[Model], keys: Collection[int]) -> Iterable[Model]:
    rows = model._default_manager.filter(pk__in=keys).order_by("pk")
    return rows.prefetch_related("renditions") if model is CustomImage else rows


def follow_all() -> tuple[int, int]:
    """Bring the whole mirror to where the table is; meanwhile others may publish and withdraw.

    Return how many addresses are in it, and how many were taken out that nothing accounts for.
    """
    found = set(addresses_in(storages[PUBLISHED]))
    wanted: Addresses = {}
    for model in FILES:
        content_type = ContentType.objects.get_for_model(model)
        uses = PublishedUse.objects.filter(content_type=content_type).order_by("object_id")
        keys = list(uses.values_list("object_id", flat=True).distinct())
        for start in range(0, len(keys), BATCH):
            some = keys[start : start + BATCH]
            follow(model, some)
            for file in rows_of(model, some):
                wanted.update(addresses_of(file))
    stray = found - wanted.keys()
    for address in stray:
        take(address)
    return len(wanted), len(stray)


def addresses_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the address of every file of a mirror."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        yield f"{folder}/{name}" if folder else name
    for name in folders:
        yield from addresses_in(storage, f"{folder}/{name}" if folder else name)


# --- One file ------------------------------------------------------------------------------------
def put(address: str, name: str) -> None:
    """Put a stored file into the mirror: by a second name of it, or else as a copy."""
    storage = storages[PUBLISHED]
    if not default_storage.exists(name):
        logger.warning("The file %s is published and lost", name)
        return
    if not (is_on_disk(storage) and is_on_disk(default_storage)):
        copy(storage, address, name)
        return
    source, target = Path(default_storage.path(name)), Path(storage.path(address))
    if is_same(source, target):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # It is whole from the beginning: somebody may ask for it at this moment.
    beside = target.with_name(f".{uuid.uuid4().hex}")
    try:
        os.link(source, beside)
    except OSError:  # another file system, or one that has no second names
        shutil.copy2(source, beside)
    os.replace(beside, target)
    beside.unlink(missing_ok=True)  # of two names of one file nothing is replaced


def is_on_disk(storage: Storage) -> bool:
    return isinstance(storage, FileSystemStorage)


def is_same(source: Path, target: Path) -> bool:
    if not target.exists():
        return False
    if source.samefile(target):
        return True
    of_source, of_target = source.stat(), target.stat()
    same_size = of_source.st_size == of_target.st_size
    return same_size and of_source.st_mtime_ns == of_target.st_mtime_ns


def copy(storage: Storage, address: str, name: str) -> None:
    if storage.exists(address):
        if storage.size(address) == default_storage.size(name):
            return
        storage.delete(address)
    with default_storage.open(name) as file:
        storage.save(address, file)


def take(address: str) -> None:
    """Take a file out of the mirror; that it is not there is no mistake."""
    storages[PUBLISHED].delete(address)
