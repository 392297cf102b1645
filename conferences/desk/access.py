"""The organisers, who look after registrations.

They are those to whom a role gives these permissions, not whoever may edit the page.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from conferences.models import ConferencePage, ConferencePageQuerySet, Desk
from ecca_site.i18n.originals import are_originals

VIEW = "conferences.view_registration"
CHANGE = "conferences.change_registration"

View = Callable[..., HttpResponseBase]


def conferences() -> ConferencePageQuerySet:
    """Return one page of each conference: the original, or else those that lost theirs."""
    pages = ConferencePage.objects.select_related("locale")
    originals = pages.filter(are_originals()).values("translation_key")
    return pages.filter(are_originals() | ~Q(translation_key__in=originals))


def conference_of_desk(number: int) -> tuple[ConferencePage, Desk]:
    """Return a conference with its desk.

    Raises:
        Http404: there is no such conference.
    """
    conference = get_object_or_404(conferences(), pk=number)
    return conference, Desk.of(conference)


def for_organisers(permission: str) -> Callable[[View], View]:
    """Open a view of the CMS to those who hold a permission."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
