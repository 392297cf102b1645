from django.db import models


class CalendarEntry(models.Model):
    """What calendars were last told of a conference or of one of its sessions, in all languages alike.

    A session that leaves the programme stays here, so that those who subscribed learn that it is cancelled.
    """

    translation_key = models.UUIDField()  # of the conference's pages
    ref = models.CharField(max_length=36, blank=True)  # the block of the session; empty for the conference itself
    sequence = models.PositiveIntegerField(default=0)  # RFC 5545: raised with every change
    facts = models.JSONField()  # start, end, place, title, whether it is cancelled
    is_gone = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation_key", "ref"], name="one_entry_of_a_session")]

    def __str__(self):
        return f"{self.translation_key} {self.ref} {self.sequence}"
