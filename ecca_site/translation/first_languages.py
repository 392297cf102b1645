"""The first languages of what nobody remembered one of when it was made.

``i18n.originals`` remembers them as things are saved. What is older than that, or came past
``save``, is looked up here: it would be no original and have none, or have its own translation into
the site's own language as one.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q
from wagtail.models import Page, get_translatable_models

from ecca_site.delivery import reader_index
from ecca_site.i18n.languages import source_language
from ecca_site.i18n.models import FirstLanguage
from ecca_site.i18n.originals import first_language

from .localize.records import TranslationSource
from .models import TranslationState
from .staleness.states import state_of


def remember_all() -> int:
    """Remember the first language of all that was written first in another than the site's own.

    Return of how many things.
    """
    models = [Page]
    models += [model for model in get_translatable_models() if not issubclass(model, Page)]
    return sum(_remember(model) for model in models)


def _remember(model: type[Model]) -> int:
    originals: dict[UUID, Model] = {}
    for instance in _candidates(model):
        originals.setdefault(instance.translation_key, instance)
    FirstLanguage.objects.bulk_create(
        FirstLanguage(translation_key=key, locale=original.locale)
        for key, original in originals.items()
    )
    first_language.cache_clear()
    if originals and model is Page:
        for page in Page.objects.filter(translation_key__in=originals, alias_of=None):
            state_of(page)
        reader_index.rebuild(set(originals))
    return len(originals)


def _candidates(model: type[Model]) -> Iterable[Model]:
    """Return what was translated into other languages, or stands alone; the oldest first.

    Home pages are left out: the languages of the site are those of one home page. What lost its
    original is left out, too: of a snippet the first language was remembered then, a page has kept
    its state.
    """
    instances = model._base_manager.exclude(locale__language_code=source_language())
    same = model._base_manager.filter(translation_key=OuterRef("translation_key"))
    known = FirstLanguage.objects.filter(translation_key=OuterRef("translation_key"))
    if model is Page:
        states = TranslationState.objects.filter(page=OuterRef("pk"))
        instances = instances.filter(~Exists(states), depth__gt=2, alias_of=None)
        same = same.filter(alias_of=None)
    sources = TranslationSource.objects.filter(object_id=OuterRef("translation_key"))
    own = {"locale__language_code": source_language()}
    was_translated = Q(Exists(sources.filter(locale=OuterRef("locale"))))
    was_translated &= ~Q(Exists(sources.filter(**own)))
    stands_alone = ~Q(Exists(sources)) & ~Q(Exists(same.filter(**own)))
    instances = instances.filter(~Exists(known)).filter(was_translated | stands_alone)
    return instances.select_related("locale").order_by("pk")
