"""Who may work on a translation: asked on the server for every address, whatever the editor shows."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.permissions import user_can_edit_snippet_type
from wagtail_localize.models import Translation

from ecca_site.moderation.models import LanguageTeam


def translation_for(user, translation_id):
    """Return a translation that this user may work on, with its page or snippet as ``instance``.

    Whether its texts may be changed now says ``translation.middleware``, for every address.

    Raises:
        Http404: there is none, it was stopped, or its page is gone.
        PermissionDenied: it is in a language, or of a page, that is not the user's.
    """
    translations = Translation.objects.select_related("source__locale", "target_locale")
    translation = get_object_or_404(translations, pk=translation_id, enabled=True)
    try:
        translation.instance = translation.get_target_instance()
    except ObjectDoesNotExist:
        raise Http404 from None
    if not may_translate(user, translation):
        raise PermissionDenied
    return translation


def may_translate(user, translation):
    """Whether a user may write the texts of a translation.

    Of a page may who may change the page: a translator's permission ends at the home page of the language. Snippets
    have no permission by language, so it is the translators of the language and who writes snippets in all of them.
    """
    if not user.is_active or user.is_superuser:
        return user.is_active
    instance = translation.instance
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return user_can_edit_snippet_type(user, type(instance)) or translation.target_locale_id in team_locale_ids(user)


def team_locale_ids(user):
    """Return the ids of the languages in whose team of translators a user is."""
    if not hasattr(user, "_translated_locale_ids"):
        teams = LanguageTeam.objects.filter(translators__user=user)
        user._translated_locale_ids = set(teams.values_list("locale_id", flat=True))
    return user._translated_locale_ids


def translations_of(user):
    """Return the translations that a user may work on, as a queryset."""
    if not user.is_active or user.is_superuser:
        return Translation.objects.all() if user.is_active else Translation.objects.none()
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    mine = Exists(pages.filter(translation_key=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id")))
    is_page = Q(source__object__content_type=ContentType.objects.get_for_model(Page))
    return Translation.objects.filter(mine | (~is_page & Q(target_locale_id__in=team_locale_ids(user))))
