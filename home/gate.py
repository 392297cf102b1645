"""The door of the CMS: every request for one of its addresses is held against ``home.roles`` and ``home.areas``."""

from django.contrib.contenttypes.models import ContentType
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from ecca_site.core.permissions import known_pages

from . import areas, roles

CMS = "/cms/"
FILES_BY_API = {
    "wagtailadmin_api:images:detail": get_image_model,
    "wagtailadmin_api:documents:detail": get_document_model,
}
# How the addresses of pages call the page that they are about, and the one below which it stands or shall stand.
PAGE_KEYWORDS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "pk")


class GateMiddleware:
    """Refuse what no role of the user opens, before any view looks at it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path_info.startswith(CMS):
            return None
        name, user = name_of(request.resolver_match), request.user
        if name in areas.EVERYBODY or not user.is_authenticated:
            return None  # Wagtail itself asks whoever has not signed in to do so
        if not is_open(name, user, kwargs) or not may_see(name, kwargs, user):
            return refuse(request)
        return None


def name_of(match):
    """Return the name of an address, or its route where it has none."""
    return match.view_name if match.url_name else match.route


def refuse(request):
    """Say so in the user's language, on the CMS home or, to a script, as a status."""
    is_api = request.resolver_match.namespace.startswith("wagtailadmin_api")
    if is_api or request.headers.get("x-requested-with") == "XMLHttpRequest":
        return JsonResponse({"message": "Forbidden"}, status=403)
    profile = getattr(request.user, "wagtail_userprofile", None)
    # The CMS's own language is set later, by its views.
    with translation.override(profile.get_preferred_language() if profile else translation.get_language()):
        messages.error(request, gettext("This part of the CMS is not open to you."))
    return redirect("wagtailadmin_home")


def is_open(name, user, kwargs=None):
    """Whether an area that one of the user's roles opens holds this address."""
    if name in areas.AREAS[areas.CLOSED]:
        return False
    if user.is_superuser:
        return True
    if name == areas.BULK and kwargs:
        return areas.BULK_AREAS.get((kwargs["app_label"], kwargs["model_name"])) in areas_of(user)
    return any(name in areas.AREAS[area] for area in areas_of(user))


def leads_somewhere(url, user):
    """Whether the gate lets a user pass to this address; what is none of the CMS's is anybody's."""
    if not url or not url.startswith(CMS):
        return True
    try:
        match = resolve(url.partition("?")[0])
    except Resolver404:
        return False
    name = name_of(match)
    return name in areas.EVERYBODY or is_open(name, user, match.kwargs)


def areas_of(user):
    """Return the areas that are open to a user, looked up once per user object."""
    if not hasattr(user, "_cms_areas"):
        names = list(user.groups.values_list("name", flat=True)) if user.is_active else []
        user._cms_areas = {area for name in names for area in areas_of_group(name)}
    return user._cms_areas


def areas_of_group(name):
    """A group that people made opens everything but what is closed: what it may do there, Wagtail's permissions say."""
    role = roles.role_of_group(name)
    return role.areas if role else areas.AREAS.keys() - {areas.CLOSED, areas.SETTINGS}


def may_see(name, kwargs, user):
    """Whether the pages or the file that an address names are any of the user's business."""
    if name in FILES_BY_API and not user.is_superuser:
        return may_see_file(FILES_BY_API[name](), kwargs["pk"], user)
    keys = {kwargs[keyword] for keyword in PAGE_KEYWORDS if keyword in kwargs}
    if user.is_superuser or not keys or not names_pages(name):
        return True
    pages = Page.objects.filter(pk__in=keys)
    policy = policy_registry.get_by_type(Page)
    if name in areas.AREAS[areas.OWN_PAGES]:
        return all(policy.user_has_permission_for_instance(user, "change", page) for page in pages)
    if name in areas.AREAS[areas.CHOOSERS]:
        return not pages.exclude(known_pages(user)).exists()
    return not pages.exclude(pk__in=policy.explorable_instances(user).values("pk")).exists()


def may_see_file(model, pk, user):
    """Whether a user may choose a picture or document, or works on a page that shows it.

    The editor of translations asks for what the original shows, and stays empty without an answer.
    """
    file = model.objects.filter(pk=pk).first()
    if file is None or policy_registry.get(file).user_has_permission_for_instance(user, "choose", file):
        return True
    users = ReferenceIndex.get_references_to(file).filter(base_content_type=ContentType.objects.get_for_model(Page))
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return own.filter(pk__in=[int(key) for key in users.values_list("object_id", flat=True)]).exists()


def names_pages(name):
    """Whether the numbers in an address are those of pages."""
    if name in areas.AREAS[areas.TRANSLATION]:
        return (
            False  # a translator asks for a translation on the original, which is in no tree of theirs: the view asks
        )
    areas_of_pages = (areas.OWN_PAGES, areas.EXPLORER, areas.SECTIONS)
    return name == "wagtailadmin_choose_page_child" or any(name in areas.AREAS[area] for area in areas_of_pages)
