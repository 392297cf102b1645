from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ecca_site.core.fields import CodesField
from ecca_site.i18n.countries import country_choices

from .profile import PartnerPage
from .team import PartnerTeam
from .terms import LifeCycleStage, PartnerClass


class Application(models.Model):
    """An organisation's application to join.

    Its profile holds the same from the moment that its mailbox is confirmed.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Not confirmed")
        SUBMITTED = "submitted", _("Under review")
        ASKED = "asked", _("Waiting for an answer")
        ADMITTED = "admitted", _("Approved")
        DECLINED = "declined", _("Declined")

    OPEN = (State.SUBMITTED, State.ASKED)

    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.UNCONFIRMED
    )
    partner_class = models.CharField(_("class"), max_length=12, choices=PartnerClass.choices)
    legal_name = models.CharField(_("legal name"), max_length=255, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=country_choices)
    website = models.URLField(_("website"), blank=True)
    mailbox = models.EmailField(_("mailbox"), blank=True)
    themes = CodesField(_("themes"), choices=LifeCycleStage.choices)
    offers = models.TextField(_("what we offer"), blank=True)
    seeks = models.TextField(_("what cooperation we seek"), blank=True)
    members_sme = models.PositiveIntegerField(null=True, blank=True)
    members_large = models.PositiveIntegerField(null=True, blank=True)
    members_research = models.PositiveIntegerField(null=True, blank=True)
    members_public = models.PositiveIntegerField(null=True, blank=True)
    language = models.CharField(max_length=10)  # in which the applicant is written to
    consent_text = models.TextField(blank=True)
    consent_version = models.CharField(max_length=20)
    submission = models.CharField(max_length=40, blank=True)
    profile = models.ForeignKey(
        PartnerPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(blank=True)  # the reason of a decision
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=~models.Q(submission=""),
                name="one_application_of_a_form",
            )
        ]

    def __str__(self) -> str:
        return self.legal_name or str(self.pk)


class Message(models.Model):
    """A moderator's question, or the applicant's answer to it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="messages")
    is_answer = models.BooleanField(default=False)
    text = models.TextField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Invitation(models.Model):
    """A person who may make one account in the team of an organisation, by a link in a mail."""

    team = models.ForeignKey(PartnerTeam, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=150)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "email"], name="one_invitation_of_an_address")
        ]

    def __str__(self) -> str:
        return self.email
