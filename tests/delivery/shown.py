"""What readers are shown, as the rule says it: one condition over all pages, slow and plain.

The reader index must say the same.
"""

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from wagtail.models import Page

from ecca_site.delivery.fallback import language_rank
from ecca_site.delivery.models import ReaderEntry
from ecca_site.delivery.reader_index import all_keys, differences
from ecca_site.i18n.languages import LANGUAGE_NAMES, by_preference
from ecca_site.i18n.originals import are_originals


def pages_for(language_code):
    """Return the primary keys of the pages that readers of a language are shown."""
    order = by_preference(language_code)
    same = Page.objects.filter(translation_key=OuterRef("translation_key"))
    are_withdrawn = Q(are_originals(), live=False, first_published_at__isnull=False)
    # What is withdrawn stands before all but the reader's own language.
    rank = Case(When(are_withdrawn, then=Value(0)), default=language_rank(order))
    better = same.alias(rank=rank).filter(
        Q(live=True, alias_of=None) | are_withdrawn, rank__lt=OuterRef("rank")
    )
    pages = Page.objects.filter(live=True, alias_of=None).alias(rank=language_rank(order))
    return set(pages.exclude(Exists(better)).values_list("pk", flat=True))


def check_index():
    """Fail where the reader index says something else than the pages."""
    for language_code in LANGUAGE_NAMES:
        entries = ReaderEntry.objects.filter(language_code=language_code)
        assert set(entries.values_list("page_id", flat=True)) == pages_for(language_code)
    assert not differences(all_keys())
