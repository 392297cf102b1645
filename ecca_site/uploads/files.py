"""Pictures and documents that are in use: nobody takes them away or exchanges them.

They are part of what was approved, or of what waits for it.
"""

from collections.abc import Callable, Collection

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.models import ReferenceIndex

# Rooms above say which of some files, by model and primary keys, are used besides what is stored in
# rows: by drafts, and by versions that wait for something.
UsedOf = Callable[[type[Model], Collection[int]], set[int]]
_also_in_use: list[UsedOf] = []


def also_in_use(used_of: UsedOf) -> None:
    """Count as in use what a function of a room above finds."""
    _also_in_use.append(used_of)


def is_in_use(file: Model) -> bool:
    if ReferenceIndex.get_references_to(file).exists():
        return True
    return any(used_of(type(file), [file.pk]) for used_of in _also_in_use)


class KeepsFileInUse:
    """A part of the forms of pictures and documents: no file is exchanged while it is in use."""

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if self.instance.pk and "file" in self.changed_data and is_in_use(self.instance):
            self.add_error(
                "file",
                _("Pages use this file. Upload the new one beside it and choose it there."),
            )
        return cleaned
