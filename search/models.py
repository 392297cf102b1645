from django.db import models
from wagtail.models import Page


class Entry(models.Model):
    """The terms and texts by which visitors find one published page.

    It is written with the page, in the same transaction (see ``indexing``). The database keeps a
    full-text index of the two columns of terms (see the migration, and ``full_text`` for the way
    it is asked). On SQLite a later migration that rebuilds this table must make the triggers anew.
    """

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="+")
    title_terms = models.TextField()
    body_terms = models.TextField()
    text = models.TextField()  # a hit shows some of it
    date = models.DateField(null=True)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"Entry of page {self.pk}"
