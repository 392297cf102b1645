"""What each language has of the texts that are no pages of their own; the last rows of the coverage board's totals."""

import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.models import DraftStateMixin, Page, ReferenceIndex, get_translatable_models
from wagtail_localize.models import StringSegment, StringTranslation

from ecca_site.core.languages import LANGUAGE_NAMES, babel_locale


@dataclass(frozen=True)
class Texts:
    """One kind of text: how many there are, and how many of them a language has."""

    label: str | Promise
    total: int
    done: dict[str, int]

    def of(self, code):
        return self.total if code == settings.LANGUAGE_CODE else self.done.get(code, 0)


def all_texts():
    """Return every kind of text; apps add theirs by the hook ``register_coverage_texts``."""
    ours = (alternative_texts, documents, snippets, interface_texts)
    return [texts for find in (*hooks.get_hooks("register_coverage_texts"), *ours) for texts in find()]


def alternative_texts():
    """Those of the pages that somebody asked a translation for: of the others not even the title is translated."""
    places = Q(context__path__endswith="_alt") | Q(context__path__endswith="alt_text")
    segments = StringSegment.objects.filter(places)
    here = segments.filter(string=OuterRef("translation_of"), context=OuterRef("context"))
    done = StringTranslation.objects.filter(Exists(here), has_error=False).order_by()
    counts = dict(
        done.values_list("locale__language_code")
        .annotate(count=Count("pk"))
        .union(segments.order_by().annotate(code=Value("")).values_list("code").annotate(count=Count("pk")))
    )
    return [Texts(_("Alternative texts, on pages asked for"), counts.pop("", 0), counts)]


def documents():
    """Files for download of which a live page of a language offers one of its own instead of the original's."""
    page = Page.objects.filter(pk=Cast(OuterRef("object_id"), BigIntegerField()), live=True)
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(get_document_model()),
        base_content_type=ContentType.objects.get_for_model(Page),
    ).annotate(
        code=Subquery(page.values("locale__language_code")[:1]), key=Subquery(page.values("translation_key")[:1])
    )
    found = list(references.exclude(code=None).values_list("code", "key", "content_path", "to_object_id"))
    original = {(key, path): file for code, key, path, file in found if code == settings.LANGUAGE_CODE}
    done = dict.fromkeys(LANGUAGE_NAMES, 0)
    for code, key, path, file in found:
        if (key, path) in original:
            done[code] = done.get(code, 0) + (original[key, path] != file)
    return [Texts(_("Documents in the language itself"), len(original), done)]


def snippets():
    """What pages show that is translated by itself, such as speakers."""
    for model in get_translatable_models():
        if issubclass(model, Page):
            continue
        public = model.objects.filter(live=True) if issubclass(model, DraftStateMixin) else model.objects.all()
        counted = public.order_by().values_list("locale__language_code").annotate(count=Count("pk"))
        done = dict(counted)
        yield Texts(capfirst(model._meta.verbose_name_plural), done.get(settings.LANGUAGE_CODE, 0), done)


def interface_texts():
    """The texts of the site itself, as the compiled catalogues in use have them."""
    counts = {code: _catalogue(code) for code in LANGUAGE_NAMES if code != settings.LANGUAGE_CODE}
    total = max((texts for texts, _done in counts.values()), default=0)
    return [Texts(_("Interface texts"), total, {code: done for code, (_texts, done) in counts.items()})]


def _catalogue(code):
    """Return how many texts a language's catalogue has, and how many of them are translated."""
    source = Path(settings.LOCALE_PATHS[0]) / babel_locale(code) / "LC_MESSAGES" / "django.po"
    compiled = source.with_suffix(".mo")
    return (
        _count_texts(source, source.stat().st_mtime_ns) if source.exists() else 0,
        _count_translated(compiled, compiled.stat().st_mtime_ns) if compiled.exists() else 0,
    )


@lru_cache(maxsize=32)
def _count_texts(path, _changed):
    lines = path.read_text().splitlines()
    return sum(line.startswith('msgid "') for line in lines) - 1  # the first one is the catalogue's head


@lru_cache(maxsize=32)
def _count_translated(path, _changed):
    with path.open("rb") as file:
        magic, _revision, count = struct.unpack("<3I", file.read(12))
    # https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html; Babel writes the head and what is translated
    return count - 1 if magic == 0x950412DE else 0
