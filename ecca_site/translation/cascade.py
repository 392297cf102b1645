"""What becomes of the translations of a page that is taken offline, deleted or moved.

Wagtail asks and does the same to what the hook here names. What it does not reach is marked as orphaned by the signals
of ``signals``, and stands so on the coverage board.
"""

from django.utils.translation import gettext as _
from wagtail import signals
from wagtail.admin import messages
from wagtail.models import Page, TranslatableMixin
from wagtail.signals import page_unpublished

from .staleness import is_source_language


def translations_to_follow(pages, action):
    """Return ``{page: its translations to which Wagtail does the same}`` for originals; a translation leads nobody.

    ``action`` is "unpublish", "delete" or "move".
    """
    return {page: _followers(page, action) for page in pages if is_source_language(page)}


def _followers(page, action):
    translations = page.get_translations().select_related("locale")
    if action == "unpublish":
        return list(translations.filter(live=True, alias_of=None).specific())
    beside = page.get_parent().get_translations().values_list("path", flat=True)
    found = [other for other in translations.specific() if other.path[: -Page.steplen] in set(beside)]
    if action == "move":
        return [other for other in found if _may_follow(page, other)]
    return found


def remember_move(request, page, destination):
    """Wagtail tells the hook above neither who moves a page nor whereto; this one runs before it, on the same page."""
    page.move_by, page.move_to = request.user, destination


def _may_follow(page, other):
    user, destination = getattr(page, "move_by", None), getattr(page, "move_to", None)
    parent = destination and destination.get_translation_or_none(other.locale)
    return bool(parent and other.permissions_for_user(user).can_move_to(parent.specific))


def say_what_stayed(request, page):
    """Name the languages in which a moved page stands where it stood: its new parent does not exist there."""
    parent = Page.objects.get(pk=page.pk).get_parent()
    paths = set(parent.get_translations(inclusive=True).values_list("path", flat=True))
    others = page.get_translations().filter(alias_of=None).select_related("locale")
    stayed = [str(other.locale.get_display_name()) for other in others if other.path[: -Page.steplen] not in paths]
    if stayed and is_source_language(page):
        text = _("“%(title)s” stays where it is in these languages, which lack its new place: %(languages)s.")
        messages.warning(request, text % {"title": page.get_admin_display_title(), "languages": ", ".join(stayed)})


def find_followers(request, action_type, pages, action):
    """Before several pages are taken offline, deleted or moved, find what goes along: the form has named it."""
    action.followers = {}
    if action_type not in ("unpublish", "delete", "move"):
        return
    pages = [page for page in pages if isinstance(page, Page)]
    if action_type == "move":
        for page in pages:
            remember_move(request, page, action.cleaned_form.cleaned_data["chooser"])
    action.followers = translations_to_follow(pages, action_type)


def lead_followers(request, action_type, pages, action):
    """Do to the translations what was done to the originals; Wagtail does so where one page is chosen."""
    for page, translations in action.followers.items():
        for other in translations:
            if action_type == "unpublish":
                other.unpublish(user=request.user)
            elif action_type == "delete":
                Page.objects.get(pk=other.pk).specific.delete(user=request.user)  # its place in the tree may be another
            else:
                parent = page.move_to.get_translation_or_none(other.locale)
                Page.objects.get(pk=other.pk).specific.move(parent, pos="last-child", user=request.user)


def unpublished(instance, **kwargs):
    """Nobody can be asked when the time of a page is over: its translations go with it."""
    if instance.expired and is_source_language(instance):
        for page in instance.get_translations().filter(live=True, alias_of=None).specific():
            page.unpublish(set_expired=True)


def snippet_unpublished(instance, **kwargs):
    """What pages show, such as a speaker, has no question before it goes offline: its translations go with it."""
    if isinstance(instance, Page) or not isinstance(instance, TranslatableMixin) or not is_source_language(instance):
        return
    for other in instance.get_translations().filter(live=True):
        other.unpublish()


def connect():
    page_unpublished.connect(unpublished, dispatch_uid="translation_expired")
    signals.unpublished.connect(snippet_unpublished, dispatch_uid="translation_snippet_unpublished")
