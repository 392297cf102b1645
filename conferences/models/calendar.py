from django.db import models


class CalendarEntry(models.Model):
    """The entry of a conference or of one of its sessions as calendars of all languages know it.

    A session that leaves the programme stays here, so that those who subscribed learn that it is
    cancelled.
    """

    translation_key = models.UUIDField()  # of the conference's pages
    # The block of the session; empty for the conference itself.
    ref = models.CharField(max_length=36, blank=True)
    sequence = models.PositiveIntegerField(default=0)  # RFC 5545: raised with every change
    facts = models.JSONField()  # start, end, place, title, whether it is cancelled
    is_gone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "ref"], name="one_entry_of_a_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.ref} {self.sequence}"
