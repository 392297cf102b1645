import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState


def new_token():
    return secrets.token_urlsafe(32)


SIGNER = Signer(salt="moderation.guest", sep=".")


class GuestLinkQuerySet(models.QuerySet):
    def at(self, signed):
        """Return the open link of an address, or None. What we have not signed costs no query.

        With the review its addresses end: nobody would see them any more, to revoke them.
        """
        try:
            token = SIGNER.unsign(signed)
        except BadSignature:
            return None
        waiting = models.Q(revision__task_states__status=TaskState.STATUS_IN_PROGRESS)
        link = self.select_related("revision").filter(waiting, token=token).first()
        return link if link is not None and link.is_open else None


class GuestLink(models.Model):
    """A secret address under which somebody without an account reads one version and leaves comments."""

    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = GuestLinkQuerySet.as_manager()

    def __str__(self):
        return f"{self.revision_id}, {self.expires_at:%Y-%m-%d}"

    @property
    def signed(self):
        """The part of the address that only this site can make: what the database holds is not enough for it."""
        return SIGNER.sign(self.token)

    @property
    def is_open(self):
        return self.revoked_at is None and timezone.now() < self.expires_at


class GuestComment(models.Model):
    """What a guest said of the version, under the name that the guest gave."""

    link = models.ForeignKey(GuestLink, on_delete=models.CASCADE, related_name="comments")
    name = models.CharField(_("your name"), max_length=120)
    text = models.TextField(_("comment"), max_length=5000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self):
        return f"{self.name}, {self.created_at:%Y-%m-%d}"
