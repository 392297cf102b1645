"""What a request touches of the database: PostgreSQL's blocks, which no machine's speed changes."""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext


def blocks_touched(act):
    """Return how many blocks the queries of an act read, and each query's plan.

    Each query that only reads is explained again, with the values that it had.
    """
    with CaptureQueriesContext(connection) as queries:
        act()
    plans = [plan_of(query["sql"]) for query in queries if query["sql"].startswith("SELECT")]
    return sum(read_by(plan) for plan in plans), plans


def plan_of(sql):
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql.replace("%", "%%"))
        found = cursor.fetchone()[0]
    return (found if isinstance(found, list) else json.loads(found))[0]["Plan"]


def read_by(plan):
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]


def in_words(plan, depth=0):
    """Return a plan as lines, each step below what it feeds."""
    table = plan.get("Index Name") or plan.get("Relation Name", "")
    rows = plan["Actual Rows"] * plan["Actual Loops"]
    lines = [f"{'  ' * depth}{read_by(plan):>8} {plan['Node Type']} {table}, {rows} rows"]
    for step in plan.get("Plans", ()):
        lines += in_words(step, depth + 1)
    return lines


def all_in_words(plans):
    """Return several plans as one text."""
    lines = []
    for plan in plans:
        lines += in_words(plan)
    return "\n".join(lines)
