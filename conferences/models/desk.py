"""The people who take part. One desk serves a conference in all its languages.

Its row is the lock under which places go.
"""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from .conference import ConferencePage


class Desk(models.Model):
    """The registration desk of a conference, by the key that its pages of all languages share."""

    translation_key = models.UUIDField(unique=True)
    last_number = models.PositiveIntegerField(default=0)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("registration desk")
        verbose_name_plural = _("registration desks")

    def __str__(self) -> str:
        return str(self.translation_key)

    @classmethod
    def of(cls, conference: "ConferencePage") -> "Desk":
        """Return the desk of a conference, made where there is none yet."""
        return cls.objects.get_or_create(translation_key=conference.translation_key)[0]

    @classmethod
    def locked(cls, conference: "ConferencePage") -> "Desk":
        """Return the desk, locked until the transaction ends.

        Whoever asks for a place waits in line here.
        """
        desk = cls.of(conference)
        return cls.objects.select_for_update().get(pk=desk.pk)


class RegistrationQuerySet(models.QuerySet):
    def seated(self) -> Self:
        return self.filter(state=Registration.State.REGISTERED)

    def waiting(self) -> Self:
        """Return those without a place, in the order in which they came."""
        return self.filter(state=Registration.State.WAITING).order_by("number")

    def taking_part(self) -> Self:
        return self.exclude(state=Registration.State.CANCELLED)

    def counts(self) -> dict[str, int]:
        """Return how many there are in each state."""
        rows = dict(self.order_by().values_list("state").annotate(Count("pk")))
        return {state: rows.get(state, 0) for state in Registration.State.values}

    def of_session(self, ref: str) -> Self:
        """Return those who would like to attend a session."""
        return self.filter(sessions__contains=f"|{ref}|")


class Registration(models.Model):
    """One person at a conference.

    Its erasure takes what is personal and leaves the row for the statistics.
    """

    class State(models.TextChoices):
        REGISTERED = "registered", _("Registered")
        WAITING = "waiting", _("On the waiting list")
        CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="registrations")
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    language = models.CharField(_("language"), max_length=10)
    name = models.CharField(_("name"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    dietary = models.CharField(_("dietary needs"), max_length=500, blank=True)
    accessibility = models.CharField(_("accessibility"), max_length=500, blank=True)
    sessions = models.TextField(_("sessions"), blank=True)  # references as |a|b|
    consent_text = models.TextField(_("consent"), blank=True)
    consent_version = models.CharField(_("version of the consent"), max_length=20, blank=True)
    # The number of the form: one that is sent twice is one.
    submission = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(_("registered at"), auto_now_add=True)
    seated_at = models.DateTimeField(_("got a place at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "number"], name="one_number_a_registration"),
            models.UniqueConstraint(
                fields=["desk", "email"],
                condition=~Q(state="cancelled") & ~Q(email=""),
                name="one_place_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.number)

    @property
    def session_refs(self) -> list[str]:
        return [ref for ref in self.sessions.split("|") if ref]


class Mailing(models.Model):
    """One mail of the organisers to many, with its texts by language code."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="mailings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # "registered", "waiting" or "session:" with its reference.
    audience = models.CharField(max_length=40)
    texts = models.JSONField()
    total = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mail to participants")
        verbose_name_plural = _("mails to participants")
        ordering = ["-pk"]

    def __str__(self) -> str:
        first = next(iter(self.texts.values()), None)
        return first.get("subject", "") if first else ""
