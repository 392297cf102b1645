"""Wagtail's own index, which the CMS searches, without the step that makes editors wait.

After every save the stock index measures the titles of all entries and rewrites entries of other
pages: at 50,000 pages that takes half a second, and editors who publish at once can deadlock. Here
only ``update_index`` does it.
"""

from typing import Any

from wagtail.search.backends import database
from wagtail.search.backends.base import BaseSearchBackend


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """Return Wagtail's backend for the site's database, with an index that measures less."""
    backend = database.SearchBackend(params)
    stock = backend.index_class

    # Only the database knows which class that is.
    class Index(stock):  # type: ignore[valid-type, misc]
        def _refresh_title_norms(self, full: bool = False) -> None:
            if full:
                super()._refresh_title_norms(full)

    backend.index_class = Index
    return backend
