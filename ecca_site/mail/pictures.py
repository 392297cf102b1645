"""Mails to administrators about pictures that cannot be shown."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from ecca_site.uploads.images import CustomImage, picture_failed

from .outbox import Letter, post


def tell_administrators(image: CustomImage, **kwargs: object) -> None:
    """Write one mail to each administrator, however many visitors come across the picture."""

    def compose() -> Letter:
        return Letter(
            subject=_("The picture “%(title)s” cannot be shown") % {"title": image.title},
            lines=(
                _(
                    "Its file is lost or broken. Pages that show it leave it out; "
                    "everything else on them is there."
                ),
                _("Upload the picture anew there, or put its file back from a backup."),
            ),
            facts=((_("File"), image.file.name),),
            action=_("Open the picture"),
            address=settings.WAGTAILADMIN_BASE_URL + reverse("wagtailimages:edit", args=[image.pk]),
        )

    people = get_user_model().objects.filter(is_superuser=True, is_active=True)
    for user in people.select_related("wagtail_userprofile").order_by("pk"):
        post(user, f"picture:{image.pk}:{image.file.name}", compose)


def connect() -> None:
    picture_failed.connect(tell_administrators, sender=CustomImage)
