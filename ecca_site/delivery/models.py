import uuid

from django.db import models


class Change(models.Model):
    """Something that visitors of a language see was published, taken offline or exchanged.

    Rows are only added: people who publish at once do not wait for each other here.
    """

    language_code = models.CharField(max_length=10)
    token = models.UUIDField(default=uuid.uuid4)  # not the key: a database may be brought back

    class Meta:
        indexes = [models.Index(fields=["language_code", "-id"], name="latest_changes")]

    def __str__(self) -> str:
        return f"{self.language_code}: {self.token}"


class ReaderEntry(models.Model):
    """The page that readers of a language are shown of all translations of one.

    It is made from the pages (``delivery.reader_index``), so that a list reads a range of an index.
    """

    language_code = models.CharField(max_length=10)
    translation_key = models.UUIDField()
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="shown")
    is_elsewhere = models.BooleanField()  # shown for want of a translation
    kind = models.CharField(max_length=60)  # of page, such as "news.newspage"
    date = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    category = models.CharField(max_length=24, blank=True)
    # The place of the title in the alphabet of the language, as bytes that compare like it.
    place = models.BinaryField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "language_code"], name="one_page_for_each_language"
            )
        ]
        indexes = [
            models.Index(
                fields=["language_code", "kind", "is_elsewhere", "-date", "page"],
                name="readers_by_date",
            ),
            models.Index(
                fields=["language_code", "kind", "category", "is_elsewhere", "-date", "page"],
                name="readers_by_category",
            ),
            models.Index(
                fields=["language_code", "kind", "is_elsewhere", "place", "page"],
                name="readers_by_name",
            ),
            models.Index(fields=["language_code", "kind", "until"], name="readers_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.language_code}: {self.page_id}"


class ReaderFacet(models.Model):
    """An answer of a page to a question by which a list is narrowed, such as its country."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="facets")
    question = models.CharField(max_length=24)
    answer = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "answer", "page"], name="one_answer_of_each_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.question} {self.answer}"


class ReaderText(models.Model):
    """The folded words of a page that a list's own search looks through."""

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="folded"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.page_id)
