"""What a request touches of PostgreSQL's tables.

A measure of growth that no machine's speed changes.
"""

import json
from collections.abc import Callable

from django.db import connection


def blocks_touched(ask: Callable[[], object]) -> int:
    """Return how many blocks (of 8 KB) PostgreSQL reads for the queries that a function makes."""
    asked = []

    def note(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith("SELECT"):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask()
    return sum(blocks_of(sql, params) for sql, params in asked)


def blocks_of(sql: str, params) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
        [[plan]] = cursor.fetchone()
    if isinstance(plan, str):
        plan = json.loads(plan)
    return plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]
