from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    AT_ONCE = "at_once", _("each at once")
    DAILY = "daily", _("one mail a day")


class MailPreference(models.Model):
    """The rhythm in which somebody wants the mails of the CMS: without a row each at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preference"
    )
    rhythm = models.CharField(
        _("mails"), max_length=10, choices=Rhythm.choices, default=Rhythm.AT_ONCE
    )
    wants_reviews = models.BooleanField(
        _("mails about every review"),
        default=False,
        help_text=_("Administrators get mails about reviews only if they tick this."),
    )

    def __str__(self) -> str:
        return f"{self.user}: {self.rhythm}"


class MailQuerySet(models.QuerySet):
    def unsent(self) -> "MailQuerySet":
        return self.filter(sent_at=None, gave_up_at=None, is_for_digest=False)

    def due(self) -> "MailQuerySet":
        return self.unsent().filter(next_attempt_at__lte=timezone.now())

    def failed(self) -> "MailQuerySet":
        """Return the mails that were tried in vain: given up, or to be tried again."""
        return self.filter(sent_at=None, attempts__gt=0)

    def given_up(self) -> "MailQuerySet":
        return self.filter(sent_at=None).exclude(gave_up_at=None)


class Mail(models.Model):
    """One mail to one person, kept until a mail server has taken it."""

    # Person and event: the same is never written twice, whoever asks for it.
    key = models.CharField(max_length=200, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.EmailField(_("address"))
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField()
    html = models.TextField()
    link = models.CharField(max_length=500, blank=True, default="", db_default="")
    reply_to = models.CharField(max_length=500, blank=True, default="", db_default="")
    attachments = models.JSONField(null=True, blank=True)  # file name, content in base64, type
    is_for_digest = models.BooleanField(
        default=False, help_text=_("Waits for the one mail of the day.")
    )
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    gave_up_at = models.DateTimeField(_("gave up at"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(sent_at=None, gave_up_at=None, is_for_digest=False),
                name="mail_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.subject}"
