from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from .desk import Desk


def private_storage() -> Storage:
    """Return the storage of files that no address leads to.

    It is ``STORAGES["private"]``, or else a folder beside the media.
    """
    if "private" in settings.STORAGES:
        return storages["private"]
    return FileSystemStorage(location=settings.VAR_DIR / "private", base_url=None)


def private_name(contribution: "Contribution", filename: str) -> str:
    """Return a name that nobody guesses and that tells the kind of the file alone."""
    return f"contributions/{get_random_string(20)}{Path(filename).suffix.lower()[:8]}"


class Contribution(models.Model):
    """A session offered to a conference, which its organisers accept or decline."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="contributions")
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.SUBMITTED
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    abstract = models.TextField(_("abstract"), blank=True)
    language = models.CharField(_("language of the contribution"), max_length=10)
    reader_language = models.CharField(max_length=10)  # in which its author is written to
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=160, blank=True)
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    file = models.FileField(_("file"), upload_to=private_name, storage=private_storage, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    submission = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(_("received at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title or str(self.pk)
