from django.db import models
from django.db.models import Q


class ConfirmationRequest(models.Model):
    """A question to an organisation whether its profile is correct, and what came of it."""

    translation_key = models.UUIDField(
        help_text="The profiles of the organisation in all languages."
    )
    asked_on = models.DateField()
    asked_again_on = models.DateField(null=True)
    escalated_on = models.DateField(
        null=True, help_text="When the moderators were told that nobody answers."
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key"],
                condition=Q(confirmed_at=None),
                name="one_open_confirmation_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.translation_key}: {self.asked_on}"
