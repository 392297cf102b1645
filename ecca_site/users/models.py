from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

# The fields that make somebody mighty or shut them out, and what a new person has of them.
POWERS = {"is_superuser": False, "is_active": True}
# Sent with ``user`` and ``name`` when a power was saved that the person got or lost by it.
power_changed = Signal()


class User(AbstractUser):
    """A person who signs in to the CMS."""

    class Meta(AbstractUser.Meta):
        # A permission of people rather than of one model: it counts for every type of page.
        permissions = [
            ("steer_pages", _("Can change addresses, schedules, menus and marks of pages"))
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = self._stored_powers()
        super().save(*args, **kwargs)
        written = kwargs.get("update_fields")
        for name in POWERS:
            is_written = written is None or name in written
            if is_written and getattr(self, name) != before[name]:
                power_changed.send(sender=User, user=self, name=name)

    def _stored_powers(self) -> dict[str, bool]:
        """Return the powers that a person has in the database, or those of a new one."""
        people = User.objects.filter(pk=self.pk)
        return people.values(*POWERS).first() or POWERS


class SignIn(AbstractBaseSession):
    """A session: Django's, which also knows whose it is, on which device and since when.

    ``session_store.SessionStore`` writes it. Deleting the row ends the session.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sign_ins"
    )
    device = models.CharField(max_length=50, blank=True, default="")  # see devices.py
    started_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")

    @classmethod
    def get_session_store_class(cls) -> type:
        from .session_store import SessionStore

        return SessionStore
