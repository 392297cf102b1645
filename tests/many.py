"""A great many pages, fast."""

from itertools import count
from uuid import uuid4

from django.db import connection
from wagtail.models import Page

from ecca_site.delivery import reader_index

numbers = count(1)


def copy_many(page, number, keys=None):
    """Add copies of a page below its parent, by a handful of queries; nothing else is kept of them.

    They are translations of the pages whose translation keys are given. Return the keys of the
    copies, in their order.
    """
    parent, source = page.get_parent(update=True), Page.objects.get(pk=page.pk)
    keys = keys or [uuid4() for _count in range(number)]
    first = Page._str2int(parent.get_last_child().path[-parent.steplen :])
    name, copies = f"copy-{next(numbers)}", []
    fields = [field for field in Page._meta.concrete_fields if field.name != "id"]
    for place, key in enumerate(keys):
        values = {field.attname: getattr(source, field.attname) for field in fields}
        copy = Page.objects.model(**values)
        copy.slug, copy.translation_key = f"{name}-{place}", key
        copy.title = copy.draft_title = f"{source.title} {place}"
        copy.path = Page._get_path(parent.path, parent.depth + 1, first + place + 1)
        copy.url_path = f"{parent.url_path}{copy.slug}/"
        copies.append(copy)
    Page.objects.bulk_create(copies)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(copies))
    model = type(page.specific)
    columns = ", ".join(
        connection.ops.quote_name(field.column)
        for field in model._meta.local_fields
        if not field.primary_key
    )
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (page_ptr_id, {columns}) SELECT p.id, {columns} "
            f"FROM {table} s, wagtailcore_page p "
            "WHERE s.page_ptr_id = %s AND p.slug LIKE %s",
            [page.pk, f"{name}-%"],
        )
    reader_index.rebuild(keys)
    with connection.cursor() as cursor:
        # As PostgreSQL does by itself, soon after: plans for six rows do not fit a thousand.
        cursor.execute("ANALYZE")
    return keys
