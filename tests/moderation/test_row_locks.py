"""Whoever decides or writes locks the rows of a review, in one order."""

import re

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ecca_site.moderation.models.row_locks import lock_review

FIRST_TABLE = re.compile(r'FROM "(wagtailcore_\w+)"')


def tables_locked(number):
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        lock_review(number)
    found = [FIRST_TABLE.search(query["sql"]) for query in queries]
    return [match[1] for match in found if match]


def test_a_review_is_locked_from_its_workflow_to_its_page(profile, submit, editor):
    submit(profile, editor)
    assert tables_locked(profile.pk) == [
        "wagtailcore_workflowstate",
        "wagtailcore_taskstate",
        "wagtailcore_page",
    ]


def test_nothing_is_locked_of_what_is_not_there_yet(profile):
    assert tables_locked(None) == []
