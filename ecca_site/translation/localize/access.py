"""The right to work on a translation.

It is asked for on the server at every address, whatever the editor shows.
"""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.permissions import user_can_edit_snippet_type
from wagtail_localize.models import Translation

from ecca_site.moderation.models import translated_locale_ids
from ecca_site.users.models import User


def translation_for(user: User, translation_id: int) -> Translation:
    """Return a translation that a user may work on.

    ``translation.submission.middleware`` says for every address whether its texts may be changed
    now.

    Raises:
        Http404: there is none, it was stopped, or its page is gone.
        PermissionDenied: it is in a language, or of a page, that is not the user's.
    """
    translations = Translation.objects.select_related("source__locale", "target_locale")
    translation = get_object_or_404(translations, pk=translation_id, enabled=True)
    try:
        instance = translation.get_target_instance()
    except ObjectDoesNotExist:
        raise Http404 from None
    if not may_translate(user, translation, instance):
        raise PermissionDenied
    return translation


def may_translate(user: User, translation: Translation, instance: Model) -> bool:
    """Return whether a user may write the texts of a translation, which leads to an instance.

    The texts of a page are for whoever may change the page: a translator's permission ends at the
    home page of the language. Snippets have no permission by language: theirs are for the
    translators of the language and for whoever writes snippets of this kind in all of them.
    """
    if not user.is_active:
        return False
    if user.is_superuser:
        return True
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    if user_can_edit_snippet_type(user, type(instance)):
        return True
    return translation.target_locale_id in translated_locale_ids(user)


def translations_for(user: User) -> QuerySet[Translation]:
    """Return the translations that a user may work on."""
    if not user.is_active:
        return Translation.objects.none()
    if user.is_superuser:
        return Translation.objects.all()
    changeable = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    own_page = changeable.filter(
        translation_key=OuterRef("source__object_id"), locale_id=OuterRef("target_locale_id")
    )
    is_page = Q(source__object__content_type=ContentType.objects.get_for_model(Page))
    is_of_team = Q(target_locale_id__in=translated_locale_ids(user))
    return Translation.objects.filter(Exists(own_page) | (~is_page & is_of_team))
