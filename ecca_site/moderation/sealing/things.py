"""The things that visitors would see of a version, and that its own content does not hold.

Pictures, documents, speakers and what they show themselves, and pages that it links to. Each has a
mark, which differs when visitors would see something else.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import DraftStateMixin, Page, Revision, TranslatableMixin
from wagtail.utils.file import hash_filelike

from ecca_site.core.references import References, content_of, references_of

# The marks of what visitors do not see.
OFFLINE = "offline"
GONE = "gone"
UNSEEN = (OFFLINE, GONE)


@dataclass(frozen=True, order=True)
class Thing:
    """One thing that a version shows; ``kind`` is the name of its model."""

    kind: str
    key: str
    mark: str
    name: str = field(compare=False)

    @property
    def kind_in_words(self) -> str:
        model = apps.get_model(self.kind)
        if issubclass(model, AbstractImage):
            return _("picture")
        if issubclass(model, AbstractDocument):
            return _("document")
        return str(model._meta.verbose_name)


class How(Enum):
    CHANGED = pgettext_lazy("of a thing since it was sealed", "changed")
    NEW = pgettext_lazy("of a thing since it was sealed", "new")
    GONE = pgettext_lazy("of a thing since it was sealed", "no longer there")


@dataclass(frozen=True)
class Difference:
    """A thing that is not as it was sealed."""

    thing: Thing
    how: How

    def __str__(self) -> str:
        words = {"kind": self.thing.kind_in_words, "name": self.thing.name, "how": self.how.value}
        return _("%(kind)s “%(name)s” (%(how)s)") % words


# Rooms above say what a version shows besides.
Source = Callable[[Revision], Iterable[Thing]]
_sources: list[Source] = []


def also(source: Source) -> None:
    """Seal with every version what a function of a room above finds for it."""
    _sources.append(source)


def things_of(revision: Revision) -> list[Thing]:
    """Return what visitors would see of a version, by a fixed number of queries for each kind."""
    version = content_of(revision)
    locale_id = getattr(version, "locale_id", None)
    found: dict[tuple[type[Model], str], Thing] = {}
    asked = references_of(version)
    while asked:
        further: References = {}
        for model, keys in asked.items():
            new = {key for key in keys if (model, key) not in found}
            for key, instance in shown(model, new, locale_id).items():
                if isinstance(instance, Page) and instance == version:
                    continue  # it links to itself
                found[model, key] = thing_of(model, key, instance)
                for other, others in shown_by(instance).items():
                    further.setdefault(other, set()).update(others)
        asked = further
    things = set(found.values())
    for source in _sources:
        things.update(source(revision))
    return sorted(things)


def shown(model: type[Model], keys: set[str], locale_id: int | None) -> dict[str, Model | None]:
    """Return what visitors are shown for each of these keys: in their language where it is live.

    None stands for what is gone.
    """
    result: dict[str, Model | None] = dict.fromkeys(keys)
    if not keys or model._meta.label == settings.AUTH_USER_MODEL:
        return {}  # of people visitors see nothing
    rows = model._base_manager.filter(pk__in=keys)
    if not issubclass(model, TranslatableMixin):
        return result | {str(row.pk): row for row in rows}
    beside = in_language(model, rows, locale_id)
    found = list(model._base_manager.filter(Q(pk__in=keys) | Q(pk__in=beside)))
    translated = {row.translation_key: row for row in found if row.locale_id == locale_id}
    for row in found:
        if str(row.pk) in result:
            result[str(row.pk)] = translated.get(row.translation_key, row)
    return result


def in_language(model: type[Model], rows: QuerySet, locale_id: int | None) -> QuerySet:
    """Return the live translations of rows into a language."""
    translations = model._base_manager.filter(
        translation_key__in=rows.values("translation_key"), locale_id=locale_id
    )
    if issubclass(model, DraftStateMixin):
        translations = translations.filter(live=True)
    return translations.values("pk")


def shown_by(instance: Model | None) -> References:
    """Return what a thing shows itself; a page and a file are seen behind their link alone."""
    if instance is None or isinstance(instance, Page) or is_file(instance):
        return {}
    return references_of(instance)


def is_file(instance: Model) -> bool:
    return isinstance(instance, AbstractImage | AbstractDocument)


def thing_of(model: type[Model], key: str, instance: Model | None) -> Thing:
    """Return the thing that a version knows by a key, as visitors are shown it."""
    if instance is None:
        return Thing(model._meta.label_lower, key, GONE, f"#{key}")
    kind = type(instance)
    if isinstance(instance, Page):
        kind = instance.specific_class or kind
    mark = mark_of(instance)
    if str(instance.pk) != key:
        mark = f"{instance.pk}:{mark}"  # its translation
    return Thing(kind._meta.label_lower, key, mark, str(instance))


def mark_of(instance: Model) -> str:
    """Return the hash of a file, the number of a live version, or the hash of a plain row."""
    if is_file(instance):
        # Its name tells of an exchange that forgot the hash. A credit is read by visitors.
        return digest_of([hash_of(instance), instance.file.name, getattr(instance, "credit", "")])
    if isinstance(instance, DraftStateMixin):
        if not instance.live:
            return OFFLINE
        return str(instance.live_revision_id or "live")
    fields = [field.attname for field in instance._meta.concrete_fields]
    return digest_of({name: getattr(instance, name) for name in fields})


def hash_of(file: AbstractImage | AbstractDocument) -> str:
    """Return the hash of a file, "" where it is lost; forms keep it, scripts may not have."""
    if not file.file_hash:
        try:
            with file.open_file() as content:
                file.file_hash = hash_filelike(content)
        except OSError:
            return ""
        type(file)._base_manager.filter(pk=file.pk).update(file_hash=file.file_hash)
    return file.file_hash


def digest_of(value: object) -> str:
    """Return the SHA-256 of a value, written as JSON in one known way."""
    text = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def differences(before: Iterable[Thing], after: Iterable[Thing]) -> list[Difference]:
    """Return what differs between two sets of things, by the order of kinds and keys."""
    old = {(thing.kind, thing.key): thing for thing in before if thing.mark not in UNSEEN}
    new = {(thing.kind, thing.key): thing for thing in after if thing.mark not in UNSEEN}
    found = []
    for place in sorted(old.keys() | new.keys()):
        if place not in new:
            found.append(Difference(old[place], How.GONE))
        elif place not in old:
            found.append(Difference(new[place], How.NEW))
        elif old[place].mark != new[place].mark:
            found.append(Difference(new[place], How.CHANGED))
    return found
