from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from ecca_site.intake.links import SecretLinks

GUESTS = SecretLinks("moderation_guest", "moderation.guest")


class GuestLinkQuerySet(models.QuerySet):
    def at(self, token: str) -> "GuestLink | None":
        """Return the open link of an address, or None. What we have not signed costs no query.

        With the review its addresses end: nobody would see them any more, to revoke them.
        """
        key = GUESTS.key_at(token)
        if key is None:
            return None
        waiting = models.Q(revision__task_states__status=TaskState.STATUS_IN_PROGRESS)
        return self.select_related("revision").filter(waiting, pk=key, revoked_at=None).first()


class GuestLink(models.Model):
    """A secret address at which somebody without an account reads one version and comments."""

    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = GuestLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.revision_id}, {self.expires_at:%Y-%m-%d}"

    @property
    def token(self) -> str:
        """The part of the address that only this site can make."""
        return GUESTS.token_of(self, self.expires_at)

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and timezone.now() < self.expires_at


class GuestComment(models.Model):
    """A comment of a guest on the version, under the name that the guest gave."""

    link = models.ForeignKey(GuestLink, on_delete=models.CASCADE, related_name="comments")
    name = models.CharField(_("your name"), max_length=120)
    text = models.TextField(_("comment"), max_length=5000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.created_at:%Y-%m-%d}"
