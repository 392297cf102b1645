from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceChangeQuerySet(models.QuerySet["SourceChange"]):
    def of_source(self, page_id: int) -> "SourceChangeQuerySet":
        """Return the changes of one source page, oldest first."""
        return self.filter(page_id=page_id).order_by("pk")

    def published(self) -> "SourceChangeQuerySet":
        return self.filter(published_at__isnull=False)


class SourceChange(models.Model):
    """A publication of a source page that changed something that concerns translators.

    Where the page waits for its translations (see ``Release``), the change is there before it is
    published.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="source_changes"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_minor = models.BooleanField(_("minor"), default=False, db_default=False)
    note = models.CharField(
        _("note to the translators"), max_length=255, blank=True, default="", db_default=""
    )
    changed_segments = models.PositiveIntegerField(_("changed segments"), default=0, db_default=0)
    changed_words = models.PositiveIntegerField(_("words to translate"), default=0, db_default=0)
    # As ``segments.Difference`` has it, kept by itself: versions are purged, fields come and go.
    difference = models.JSONField(default=dict)

    objects = SourceChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.published_at or '–'}: {self.changed_segments}"


class TranslationStateQuerySet(models.QuerySet["TranslationState"]):
    def stale(self) -> "TranslationStateQuerySet":
        """Return translations made before the latest major changes of their source."""
        return self.filter(stale_since__isnull=False)

    def orphaned(self) -> "TranslationStateQuerySet":
        """Return translations whose source is deleted or offline."""
        return self.filter(orphaned_since__isnull=False)


class TranslationState(models.Model):
    """The state of a page's translation against its source; alias pages have none.

    ``translated_at`` and ``seen`` are facts, recorded when a translation is published or confirmed.
    The other fields follow from them and the source's changes; they are counted when either
    changes, and by ``manage.py rebuild_translation_states``.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="translation_state"
    )
    source = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="translation_states"
    )
    # When the translation that was published last was made; null while none was published.
    translated_at = models.DateTimeField(null=True)
    # The latest change of the source that it takes into account; null for none.
    seen = models.ForeignKey(SourceChange, null=True, on_delete=models.SET_NULL, related_name="+")
    stale_since = models.DateTimeField(null=True)
    stale_segments = models.PositiveIntegerField(default=0, db_default=0)
    stale_words = models.PositiveIntegerField(default=0, db_default=0)
    orphaned_since = models.DateTimeField(null=True)

    objects = TranslationStateQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["stale_since"],
                condition=models.Q(stale_since__isnull=False),
                name="translation_stale",
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} of {self.source_id}"

    @property
    def is_stale(self) -> bool:
        return self.stale_since is not None

    @property
    def is_orphaned(self) -> bool:
        return self.orphaned_since is not None


class ChangeNote(models.Model):
    """A note of an editor on the changes in a version of a source page."""

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="change_note"
    )
    is_minor = models.BooleanField(_("minor"), default=False, db_default=False)
    note = models.CharField(
        _("note to the translators"), max_length=255, blank=True, default="", db_default=""
    )

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.note}"


class ExpiryAlong(models.Model):
    """A translation that is to go offline when the time of its original is over.

    It was chosen with a version of the original, for the date that this has, by a user.
    """

    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="expiry_along"
    )
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expire_at = models.DateTimeField()
    # Put to the reviewers of its language, where whoever chose it may not do it alone.
    request = models.ForeignKey(
        "moderation.PageRequest", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "page"], name="translation_expires_once")
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.page_id} on {self.expire_at:%Y-%m-%d}"


class Submission(models.Model):
    """A version of a translated page that was made from its source.

    ``seen`` says how much of the source it knows.
    """

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="submission"
    )
    seen = models.ForeignKey(SourceChange, null=True, on_delete=models.SET_NULL, related_name="+")
    # Versions of things that the page shows and that go live with it (see ``companions``).
    companions = models.ManyToManyField("wagtailcore.Revision", related_name="+")

    def __str__(self) -> str:
        return f"{self.revision_id}, up to {self.seen_id}"


class TextAuthor(models.Model):
    """Somebody who wrote texts of a page or snippet in a language, and when for the last time.

    wagtail-localize keeps of each text only whoever touched it last.
    """

    thing = models.ForeignKey(
        "wagtail_localize.TranslatableObject", on_delete=models.CASCADE, related_name="+"
    )
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "locale", "user"], name="translation_text_author_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing_id}, {self.locale_id}: {self.user_id}"


class Release(models.Model):
    """A source page and languages that go live together.

    They go live when the required languages are approved, or each as it comes.
    """

    source = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="releases"
    )
    waits = models.BooleanField(_("wait for the languages"), default=True, db_default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # The version of the source that was approved and waits, and what it changes for translators.
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    change = models.ForeignKey(SourceChange, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(ended_at__isnull=True),
                name="translation_one_open_release",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id}, {self.created_at:%Y-%m-%d}"


class ReleaseLanguage(models.Model):
    """One language of a release, with its approved version while that waits for the others."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="languages")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    is_required = models.BooleanField(_("required"), default=False, db_default=False)
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    error = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "locale"], name="translation_language_once")
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.locale_id}"


class LanguageSetup(models.Model):
    """The progress of a language's set-up.

    The work that is left is read from the pages (see ``languages``).
    """

    locale = models.OneToOneField(
        "wagtailcore.Locale", on_delete=models.CASCADE, related_name="setup"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    worked_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failures = models.JSONField(default=dict)  # by the number of a page, why it has no draft

    def __str__(self) -> str:
        return f"{self.locale}, {self.started_at:%Y-%m-%d}"
