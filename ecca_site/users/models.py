from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who signs in to the CMS."""

    class Meta(AbstractUser.Meta):
        # A permission of people rather than of one model: it counts for every type of page.
        permissions = [("steer_pages", _("Can change addresses, schedules, menus and marks of pages"))]
