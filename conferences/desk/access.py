"""Who looks after registrations: not whoever edits a page, but those to whom a role gives these permissions."""

from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from conferences.models import ConferencePage, Desk

VIEW, CHANGE = "conferences.view_registration", "conferences.change_registration"


def conferences():
    """Return the page of each conference that its desk goes by: that of the site's language, or its only one."""
    pages = ConferencePage.objects.select_related("locale")
    source = Q(locale__language_code=settings.LANGUAGE_CODE)
    others = pages.filter(source).values("translation_key")
    return pages.filter(source | ~Q(translation_key__in=others))


def conference_of_desk(number):
    """Return a conference with its desk.

    Raises:
        Http404: there is no such conference.
    """
    conference = get_object_or_404(conferences(), pk=number)
    return conference, Desk.of(conference)


def for_organisers(permission):
    """Open a view of the CMS to those who hold a permission."""

    def decorate(view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
