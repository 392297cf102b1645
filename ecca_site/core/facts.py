"""The fate of each field of a page or snippet in other languages, said once.

A model says it of the fields that it adds, after them::

    in_other_languages = (
        shared("city", "country"),  # one value in all languages: that of the published original
        translated("summary"),      # each language has its own, from its translators
        own("slug"),                # each language keeps its own
    )

Text that is translated goes live by its review. A picture or a link that is translated is taken
over with the next version of a translation and may be replaced there.

Everything else is derived from it: what translators are given (``translation.localize.fields``),
what follows at once (``translation.staleness.shared``), what makes a translation stale, what the
form of a translation leaves alone (``core.forms``), the table of the guide.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, Tags, register
from django.db.models import Model
from modelcluster.models import get_all_child_relations, get_field_value
from wagtail.models import Page, get_translatable_models


class Fate(Enum):
    """The three things that may become of a field; the functions below say each of names."""

    SHARED = "shared"
    TRANSLATED = "translated"
    OWN = "own"


@dataclass(frozen=True)
class Declaration:
    fate: Fate
    names: tuple[str, ...]


def shared(*names: str) -> Declaration:
    return Declaration(Fate.SHARED, names)


def translated(*names: str) -> Declaration:
    return Declaration(Fate.TRANSLATED, names)


def own(*names: str) -> Declaration:
    return Declaration(Fate.OWN, names)


# What Wagtail keeps of everything that has a language, versions and drafts; and more, of pages.
KEPT_OF_DRAFTS = own(
    "locale",
    "translation_key",
    "latest_revision",
    "live_revision",
    "live",
    "has_unpublished_changes",
    "first_published_at",
    "last_published_at",
    "go_live_at",
    "expire_at",
    "expired",
)
KEPT_OF_LOCKS = own("locked", "locked_at", "locked_by")
KEPT_OF_PAGES = own(
    "path",
    "depth",
    "numchild",
    "url_path",
    "content_type",
    "draft_title",
    "owner",
    "latest_revision_created_at",
    "alias_of",
    "wagtail_admin_comments",
)


# --- What is declared ----------------------------------------------------------------------------
def models_in_languages() -> list[type[Model]]:
    """Return the types of pages and snippets that have translations."""
    models = get_translatable_models(include_subclasses=True)
    return [model for model in models if model is not Page]


def declarations_of(model: type[Model]) -> Iterator[tuple[str, Fate]]:
    """Yield each name that a model or one of its bases declares, with what becomes of it."""
    for base in model.__mro__:
        for declaration in vars(base).get("in_other_languages", ()):
            for name in declaration.names:
                yield name, declaration.fate


def fates_of(model: type[Model]) -> dict[str, Fate]:
    return dict(declarations_of(model))


def names_in(model: type[Model]) -> list[str]:
    """Return the names of what a model holds: its fields, then its child relations."""
    fields = [field for field in model._meta.get_fields() if field.concrete]
    names = [field.name for field in fields if not field.primary_key]
    return [*names, *relations_of(model)]


def relations_of(model: type[Model]) -> list[str]:
    return [relation.name for relation in get_all_child_relations(model)]


def names_with(model: type[Model], fate: Fate) -> list[str]:
    """Return the names of fields and relations that have a fate, in the order of the model."""
    fates = fates_of(model)
    return [name for name in names_in(model) if fates.get(name) is fate]


def shared_fields(model: type[Model]) -> list[str]:
    """Return the names of the fields whose values every language has from the original."""
    return names_with(model, Fate.SHARED)


def stored_values(instance: Model, names: Iterable[str]) -> dict[str, Any]:
    """Return fields as the versions of a page or snippet hold them, without asking for its rows."""
    fields = {name: instance._meta.get_field(name) for name in names}
    return {name: get_field_value(field, instance) for name, field in fields.items()}


def labels_with(model: type[Model], fate: Fate) -> list[str]:
    """Return the fields that have a fate, by the names that editors know in the active language."""
    fields = [model._meta.get_field(name) for name in names_with(model, fate)]
    return [str(field.verbose_name) for field in fields if field.editable]


# --- Every field is declared, and once -----------------------------------------------------------
@register(Tags.models)
def check_declarations(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[Error]:
    errors = []
    for model in models_in_languages():
        errors += errors_in(model)
    return errors


def errors_in(model: type[Model]) -> list[Error]:
    """Return an error for each field that a model declares not at all, twice or in vain."""
    declared = Counter(name for name, _fate in declarations_of(model))
    names = names_in(model)
    many = many_in(model)
    wrong = {
        "ecca.E011": [name for name in names if name not in declared],
        "ecca.E012": [name for name, times in declared.items() if times > 1],
        "ecca.E013": [name for name in declared if name not in names],
        "ecca.E014": [name for name in shared_fields(model) if name in many],
    }
    hint = "See ecca_site/core/facts.py."
    errors = []
    for number, wrong_names in wrong.items():
        for name in wrong_names:
            errors.append(Error(MESSAGES[number] % name, hint=hint, obj=model, id=number))
    return errors


MESSAGES = {
    "ecca.E011": "Nothing says what becomes of “%s” in other languages.",
    "ecca.E012": "What becomes of “%s” in other languages is said twice.",
    "ecca.E013": "There is no field “%s” of which something could become in other languages.",
    "ecca.E014": "“%s” has rows of its own, which do not follow the original at once.",
}


def many_in(model: type[Model]) -> set[str]:
    """Return the names of fields and relations that are kept in other rows than the model's own."""
    names = set(relations_of(model))
    names.update(field.name for field in model._meta.many_to_many)
    return names
