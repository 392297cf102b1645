from django.contrib.auth.models import Group
from django.db import models


class LanguageTeam(models.Model):
    """The two groups that work in one language: who translates and who reviews."""

    locale = models.OneToOneField("wagtailcore.Locale", on_delete=models.CASCADE, related_name="team")
    translators = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
    reviewers = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")

    def __str__(self):
        return str(self.locale)


def display_name(user):
    return user.get_full_name() or user.get_username()


def reviewed_locale_ids(user):
    """Return the primary keys of the languages this user reviews, looked up once per user object."""
    if not hasattr(user, "_reviewed_locale_ids"):
        teams = LanguageTeam.objects.filter(reviewers__user=user)
        user._reviewed_locale_ids = set(teams.values_list("locale_id", flat=True))
    return user._reviewed_locale_ids


def reviews_every_language(user):
    """Whether a user decides by a group of a task rather than for a language, looked up once per user object."""
    from .reviews import ReviewTask  # which needs what is above

    if not hasattr(user, "_reviews_every_language"):
        user._reviews_every_language = (
            user.is_superuser or ReviewTask.objects.filter(active=True, groups__user=user).exists()
        )
    return user._reviews_every_language


def is_moderator(user):
    """Whether a user decides any reviews at all."""
    return user.is_active and (reviews_every_language(user) or bool(reviewed_locale_ids(user)))
