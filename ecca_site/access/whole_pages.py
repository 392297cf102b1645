"""Pages of a list as what they are, read by keys of either of their tables."""

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models.query import ModelIterable
from wagtail.models import Page
from wagtail.query import PageQuerySet, SpecificIterable


class ByPath(SpecificIterable):
    """What Wagtail's ``specific`` yields, however the database joins a page and its type.

    Wagtail names the keys in the table of the type alone: by some plans PostgreSQL reads all pages
    of the site to find those of fifty rows. The paths name them in the other table, too.
    """

    def __iter__(self) -> Iterator[Page]:
        rows = list(ModelIterable(self.queryset, self.chunked_fetch, self.chunk_size))
        found = {}
        of_type = defaultdict(list)
        for row in rows:
            of_type[row.content_type_id].append(row)
        for type_id, pages in of_type.items():
            model = ContentType.objects.get_for_id(type_id).model_class() or Page
            for page in self.whole(model, pages):
                found[page.pk] = page
        for row in rows:
            page = found.get(row.pk, row)
            for name in self.queryset.query.annotation_select:
                setattr(page, name, getattr(row, name))
            yield page

    def whole(self, model: type[Page], rows: list[Page]) -> PageQuerySet:
        """Return the pages of one type that have these rows."""
        keys = [row.pk for row in rows]
        paths = [row.path for row in rows]
        pages = model.objects.filter(pk__in=keys, path__in=paths)
        if related := self.queryset._specific_select_related_fields:
            pages = pages.select_related(*related)
        pages = pages.prefetch_related(*self.queryset._specific_prefetch_related_lookups)
        return pages.defer_streamfields() if self.queryset._defer_streamfields else pages


def by_path(pages: PageQuerySet) -> PageQuerySet:
    """Return a queryset of pages as what they are."""
    found = pages.specific()
    found._iterable_class = ByPath
    return found
