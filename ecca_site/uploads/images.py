"""The image model and the renditions every picture of the site is shown in."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO
from typing import IO, NamedTuple

from django.core.cache.backends.dummy import DummyCache
from django.core.files.base import File
from django.core.files.storage import Storage
from django.db import DatabaseError, models, transaction
from django.db.models.fields.files import FieldFile
from django.dispatch import Signal
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowFile
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from .conversion import plain
from .decoding import DecodedFilter

logger = logging.getLogger(__name__)

WIDTHS = (480, 960, 1600)
DRAWN_WIDTH = 960  # of SVG, which has any size
FALLBACK = "format-jpeg|width-960"
RENDITION_SPECS = [
    *[f"format-avif|width-{width}" for width in WIDTHS],
    *[f"format-webp|width-{width}" for width in WIDTHS],
    FALLBACK,
]
FAILED = "failed"  # the key, in place of the renditions, of the moment of the last vain attempt
TRY_AGAIN = timedelta(hours=1)
NO_PICTURE = "img/no-picture.svg"
NOT_FOUND = "not-found"  # Wagtail's own name for the file of a rendition that there is not

# Sent with ``image`` when a picture cannot be shown: once, until it has been shown again.
picture_failed = Signal()
# Sent with ``image`` when renditions of it were stored.
renditions_made = Signal()


class Size(NamedTuple):
    url: str
    width: int
    height: int


class CustomImage(AbstractImage):
    """A picture. Its ``description`` is for editors.

    Visitors hear the alternative text that is given where the picture is used.
    """

    credit = models.CharField(_("credit"), max_length=200, blank=True)
    # {spec: [name, width, height]}, so that no picture costs a query of its own.
    made = models.JSONField(
        default=dict, db_default=models.Value({}, models.JSONField()), editable=False
    )
    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    encoded: Iterable["Rendition"] = ()  # renditions that are made and not stored yet

    @property
    def default_alt_text(self) -> str:
        """The text that a picture's alternative text begins with.

        It is never the title, which is the file's name where nobody has written another one.
        """
        return self.description

    # --- Making renditions -----------------------------------------------------------------------
    def encode(self, file: IO[bytes], specs: Iterable[str] = RENDITION_SPECS) -> None:
        """Make renditions of a file, to be stored by ``store_encoded``.

        Raises:
            Exception: whatever a decoder or an encoder raises. Such a picture must not be accepted.
        """
        file.seek(0)
        with PillowFile.open(file) as opened:
            decoded = plain(opened)
        file.seek(0)
        widest = max(WIDTHS)
        if decoded.width > widest:
            height = max(1, round(decoded.height * widest / decoded.width))
            decoded = decoded.resize(
                (widest, height), PillowFile.Resampling.LANCZOS, reducing_gap=3.0
            )
        filters = [DecodedFilter(spec, decoded) for spec in specs]
        self.encoded = [self.generate_rendition_instance(one, None) for one in filters]

    @transaction.atomic
    def store_encoded(self) -> None:
        """Store the renditions that ``encode`` made."""
        for rendition in self.encoded:
            rendition.image = self
        Rendition.objects.bulk_create(self.encoded, ignore_conflicts=True)
        self.encoded = ()
        self.remember()

    def make_renditions(self) -> None:
        """Make every rendition a page may ask for, so that no visitor waits for one.

        An SVG is shown as it is and has none.
        """
        if self.is_svg():
            return
        stored = {}
        lost = {}
        for rendition in self.renditions.filter(filter_spec__in=RENDITION_SPECS):
            stored[rendition.filter_spec] = rendition
            if not is_stored(rendition.file):
                lost[rendition.filter_spec] = rendition
        missing = set(RENDITION_SPECS) - stored.keys()
        if lost or missing:
            with self.open_file() as file:
                content = BytesIO(file.read())
            self.encode(content, [*missing, *lost])
        new = []
        for rendition in self.encoded:
            if rendition.filter_spec in lost:
                # Deleted, it would take along the file that is stored under its name now.
                replace_file(lost[rendition.filter_spec], rendition.file)
            else:
                new.append(rendition)
        self.encoded = new
        self.store_encoded()

    @transaction.atomic
    def remember(self) -> None:
        """Keep name, width and height of every stored rendition on the picture."""
        self.made = {}
        for made in self.renditions.filter(filter_spec__in=RENDITION_SPECS):
            self.made[made.filter_spec] = [made.file.name, made.width, made.height]
        type(self).objects.filter(pk=self.pk).update(made=self.made)
        renditions_made.send(sender=type(self), image=self)

    # --- Showing them ----------------------------------------------------------------------------
    def sizes(self) -> dict[str, Size]:
        """Return address, width and height in pixels of every rendition, by its filter.

        Renditions that are missing are made now. The result is empty for a picture that cannot be
        shown: it costs its own place and no more.
        """
        if self.is_svg():
            return self._drawn_sizes()
        storage = Rendition._meta.get_field("file").storage
        if not self._is_made(storage) and not self.try_renditions():
            return {}
        return {
            spec: Size(storage.url(name), width, height)
            for spec, (name, width, height) in self.made.items()
        }

    def _drawn_sizes(self) -> dict[str, Size]:
        if not is_stored(self.file):
            self.fail(FileNotFoundError(self.file.name))
            return {}
        if FAILED in self.made:
            self.remember()
        height = max(round(DRAWN_WIDTH * self.height / self.width), 1)
        return dict.fromkeys(RENDITION_SPECS, Size(self.file.url, DRAWN_WIDTH, height))

    def _is_made(self, storage: Storage) -> bool:
        if self.made.keys() != set(RENDITION_SPECS):
            return False
        return all(storage.exists(name) for name, _width, _height in self.made.values())

    def try_renditions(self, *, at_once: bool = False) -> bool:
        """Make the renditions; return whether that was possible.

        After a vain attempt there is none for an hour, unless it is to be made ``at_once``.
        """
        tried_at = self.made.get(FAILED)
        if _is_recent(tried_at) and not at_once:
            return False
        try:
            return self.make_or_fail()
        except DatabaseError:
            logger.exception("The renditions of the picture %s could not be stored", self.pk)
            return False

    def make_or_fail(self) -> bool:
        """Make the renditions, or note that they cannot be made; return which.

        Raises:
            DatabaseError: they could not be stored, which says nothing of the picture.
        """
        try:
            self.make_renditions()
        except DatabaseError:
            raise
        except Exception as error:  # whatever decoders, encoders and storages raise
            self.fail(error)
            return False
        return True

    def fail(self, error: Exception) -> None:
        """Note that this picture cannot be shown, and say so when that is new."""
        if FAILED in self.made and self.is_svg():
            return
        self.made = {FAILED: timezone.now().isoformat()}
        rows = type(self).objects.filter(pk=self.pk)
        try:
            with transaction.atomic():
                # The row knows: of one picture on a page there may be several objects.
                is_new = rows.exclude(made__has_key=FAILED).update(made=self.made)
                if not is_new:
                    rows.update(made=self.made)
                    return
                logger.error(
                    "The picture %s (%s) cannot be shown", self.pk, self.file.name, exc_info=error
                )
                picture_failed.send(sender=type(self), image=self)
        except DatabaseError:
            # The page is shown all the same. The next visitor's request tries again.
            logger.exception("It could not be noted that the picture %s cannot be shown", self.pk)

    def get_rendition(self, filter: Filter | str) -> "Rendition":  # noqa: A002  Wagtail's name
        """Return a rendition for the CMS; in place of one that cannot be made, one that says so."""
        try:
            rendition = super().get_rendition(filter)
            if not is_stored(rendition.file):
                replace_file(rendition, self.generate_rendition_file(rendition.filter))
        except (DatabaseError, InvalidFilterSpecError):
            raise
        except Exception as error:
            spec = getattr(filter, "spec", filter)
            logger.warning("No %s of the picture %s can be made: %s", spec, self.pk, error)
            rendition = Rendition(image=self, width=DRAWN_WIDTH, height=DRAWN_WIDTH * 5 // 8)
            rendition.file.name = NOT_FOUND
        return rendition


def _is_recent(tried_at: str | None) -> bool:
    if tried_at is None:
        return False
    return timezone.now() - datetime.fromisoformat(tried_at) < TRY_AGAIN


def is_stored(file: FieldFile) -> bool:
    return bool(file) and file.storage.exists(file.name)


def replace_file(rendition: "Rendition", file: File) -> None:
    """Give a rendition whose file is lost another one."""
    rendition.file = file
    rendition.save()
    rendition.purge_from_cache()


class Rendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    # Wagtail would keep the small ones of the CMS in a cache, those whose row was rolled back, too.
    # Only by the row it is known who may see the file.
    cache_backend = DummyCache("renditions", {})

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
        # An address names the file.
        indexes = [models.Index(fields=["file"], name="uploads_rendition_file")]

    @property
    def url(self) -> str:
        if self.file.name == NOT_FOUND:
            return static(NO_PICTURE)
        return self.file.url
