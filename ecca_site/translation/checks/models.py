import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .alarms import Alarm

LONGEST_REASON = 255  # letters
Key = tuple[str, int, int, str]  # check, the place in the text, and what else tells it apart


def key_of(alarm: Alarm) -> Key:
    about = digest_of(alarm.about) if alarm.about else ""
    return alarm.check, alarm.start, alarm.end, about


def digest_of(text: str) -> str:
    """Return what tells a text from another one, short enough for an index."""
    return hashlib.sha256(text.encode()).hexdigest()


class AlarmAnswer(models.Model):
    """The answer of somebody to an alarm: why the text is right all the same.

    It is an answer for this translated text of this original: where one of them changes, it no
    longer counts. One without a reason was handed in unanswered, which is asked once.
    """

    string = models.ForeignKey(
        "wagtail_localize.String", on_delete=models.CASCADE, related_name="+"
    )
    context = models.ForeignKey(
        "wagtail_localize.TranslationContext", on_delete=models.CASCADE, related_name="+"
    )
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    target = models.TextField(_("translated text"))
    target_digest = models.CharField(max_length=64)
    check_name = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    about_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    reason = models.CharField(
        _("reason"), max_length=LONGEST_REASON, blank=True, default="", db_default=""
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "context",
                    "string",
                    "locale",
                    "check_name",
                    "start",
                    "end",
                    "about_digest",
                    "target_digest",
                ],
                name="checks_one_answer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.reason or '–'}"

    @property
    def key(self) -> Key:
        return self.check_name, self.start, self.end, self.about_digest
