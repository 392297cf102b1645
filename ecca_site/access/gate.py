"""The door of the CMS.

Every request for one of its addresses is held against ``access.roles`` and ``access.areas``.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.models import AbstractUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from ecca_site.core.permissions import known_pages, sees_all_below
from ecca_site.delivery.refusals import UNPROVED, is_cms, is_script
from ecca_site.delivery.refusals import refuse as refuse_page
from ecca_site.delivery.visitors import is_known
from ecca_site.moderation import file_readers
from ecca_site.users.second_factor.state import is_complete

from . import areas, proof
from .groups import roles_of

FILES_BY_API = {
    "wagtailadmin_api:images:detail": get_image_model,
    "wagtailadmin_api:documents:detail": get_document_model,
}
# The keywords of addresses for the page that they are about, and for one above it, now or later.
PAGE_KEYWORDS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "pk")
BULK_PARAMETERS = ("id", "childOf")  # that hold numbers
LONGEST_NUMBER = 18  # digits, which both databases take

Keywords = Mapping[str, Any]  # of an address


class GateMiddleware:
    """Refuse what no role of the user opens, before any view looks at it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: Keywords,
    ) -> HttpResponse | None:
        """Return a refusal, None where the view may answer.

        Raises:
            BadRequest: a bulk action does not name what it is for.
        """
        if not is_cms(request):
            return None
        name = name_of(request.resolver_match)
        user = request.user
        if not user.is_authenticated:
            # Wagtail itself asks people who have not signed in to do so.
            return None
        if name not in areas.SIGN_IN and (way := ask_for_proof(request, name, kwargs)):
            return way
        if name in areas.EVERYBODY:
            return None
        if not is_open(name, user, kwargs) or not may_see(name, kwargs, user):
            return refuse(request)
        if name == areas.BULK and not names_things(request.GET):
            raise BadRequest
        return None


def ask_for_proof(request: HttpRequest, name: str, kwargs: Keywords) -> HttpResponse | None:
    """Return where a second factor is given or set up, None where it is proved well enough."""
    if not is_complete(request):
        # A view that asks for a password alone signed somebody in who has a second factor.
        logout(request)
        return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
    if proof.lacks_second_factor(request):
        return refuse(request, gettext("Set up a second factor first."), "mfa_index")
    if proof.must_prove(request, name, kwargs):
        if request.method in ("GET", "HEAD") and not is_script(request):
            return redirect_to_login(request.get_full_path(), reverse("mfa_reauthenticate"))
        return refuse_page(request, HTTPStatus.FORBIDDEN, UNPROVED)
    return None


def name_of(match: ResolverMatch) -> str:
    """Return the name of an address, or its route where it has none."""
    return match.view_name if match.url_name else match.route


def refuse(
    request: HttpRequest, message: str = "", elsewhere: str = "wagtailadmin_home"
) -> HttpResponse:
    """Say on another page that something is closed or, to a script, by a status."""
    message = message or gettext("This part of the CMS is not open to you.")
    is_api = request.resolver_match.namespace.startswith("wagtailadmin_api")
    if is_api or request.headers.get("x-requested-with") == "XMLHttpRequest":
        return JsonResponse({"message": message}, status=403)
    messages.error(request, message)
    return redirect(elsewhere)


def is_open(name: str, user: AbstractUser, kwargs: Keywords | None = None) -> bool:
    """Return whether an area that one of the user's roles opens holds the address of a name."""
    if name in areas.AREAS[areas.CLOSED]:
        return False
    if user.is_superuser:
        return True
    if name == areas.BULK and kwargs:
        kind = (kwargs["app_label"], kwargs["model_name"])
        return areas.BULK_AREAS.get(kind) in areas_of(user)
    return any(name in areas.AREAS[area] for area in areas_of(user))


def names_things(query: QueryDict) -> bool:
    """Return whether a bulk action names what it is for by numbers, or all of it.

    Wagtail 8.0 answers anything else with a 500.
    """
    for parameter in BULK_PARAMETERS:
        for value in query.getlist(parameter):
            if value != "all" and not _is_number(value):
                return False
    return True


def _is_number(value: str) -> bool:
    return value.isdecimal() and len(value) <= LONGEST_NUMBER


def leads_somewhere(url: str | None, user: AbstractUser) -> bool:
    """Return whether the gate lets a user pass to an address; those outside the CMS are open."""
    if not url or not url.startswith(reverse("wagtailadmin_home")):
        return True
    try:
        match = resolve(url.partition("?")[0])
    except Resolver404:
        return False
    name = name_of(match)
    return name in areas.EVERYBODY or is_open(name, user, match.kwargs)


def areas_of(user: AbstractUser) -> set[str]:
    """Return the areas that a user's roles open; a group that stands for no role opens none."""
    opened: set[str] = set()
    for role in roles_of(user):
        opened.update(role.areas)
    return opened


def may_see(name: str, kwargs: Keywords, user: AbstractUser) -> bool:
    """Return whether the pages or the file that an address names are the user's business."""
    if user.is_superuser:
        return True
    if name in FILES_BY_API:
        return may_see_file(FILES_BY_API[name](), kwargs["pk"], user)
    keys = {kwargs[keyword] for keyword in PAGE_KEYWORDS if keyword in kwargs}
    if not keys or not names_pages(name):
        return True
    pages = Page.objects.filter(pk__in=keys)
    policy = policy_registry.get_by_type(Page)
    if name in areas.AREAS[areas.OWN_PAGES]:
        return all(policy.user_has_permission_for_instance(user, "change", page) for page in pages)
    if name in areas.AREAS[areas.CHOOSERS]:
        if sees_all_below(user, pages.values_list("path", flat=True)):
            return True
        return not pages.exclude(known_pages(user)).exists()
    if sees_all_below(user, pages.values_list("path", flat=True)):
        return True
    return not pages.exclude(pk__in=policy.explorable_instances(user).values("pk")).exists()


def may_see_file(model: type[Model], pk: int, user: AbstractUser) -> bool:
    """Return whether a file is the user's business; what there is not is nobody's secret."""
    file = model.objects.filter(pk=pk).first()
    return file is None or file_readers.may_see_file(user, file)


def is_of_member(request: HttpRequest, file: Model) -> bool:
    """Return whether a file may be shown to somebody who signed in, as the CMS would ask."""
    if not is_known(request) or not request.user.is_authenticated:
        return False
    if not is_complete(request) or proof.lacks_second_factor(request):
        return False
    if isinstance(file, UserProfile):  # faces stand beside comments and steps
        return True
    return file_readers.may_see_file(request.user, file)


def names_pages(name: str) -> bool:
    """Return whether the numbers in an address are those of pages."""
    if name in areas.AREAS[areas.TRANSLATION]:
        # A translator asks for a translation on the original, which is in no tree of theirs: the
        # view asks.
        return False
    if name == "wagtailadmin_choose_page_child":
        return True
    areas_of_pages = (areas.OWN_PAGES, areas.EXPLORER, areas.SECTIONS)
    return any(name in areas.AREAS[area] for area in areas_of_pages)
