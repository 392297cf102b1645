"""The page behind the signed link: what the profile says, and the one press that confirms it."""

from http import HTTPStatus

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ecca_site.core.addresses import path_here
from ecca_site.core.submissions import is_allowed, is_foreign, public_form

from . import letters, links, rounds

DAY = 24 * 3600
MOST_LINKS = 2  # a day


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Show the profile; a POST alone says that it is correct, or asks for a new link where this one has expired."""
    asked, is_expired = links.request_at(token)
    profiles = rounds.profiles_of(asked) if asked else []
    if not profiles:
        return render(request, "partners/freshness/no_link.html", status=HTTPStatus.NOT_FOUND)
    profile = letters.profile_in_own_language(profiles)
    context = {"profile": profile, "profiles": profiles, "profile_path": path_here(profile, request), "asked": asked}
    status = HTTPStatus.OK
    if request.method == "POST" and is_foreign(request):
        status = HTTPStatus.FORBIDDEN
    elif is_expired and not asked.confirmed_at:
        status = HTTPStatus.GONE
        context["is_expired"] = True
        if request.method == "POST":
            context["is_sent"] = is_sent = is_allowed("confirmation-link", str(asked.pk), MOST_LINKS, DAY)
            if is_sent:
                letters.ask(asked, profiles, f"again:{timezone.now().isoformat()}")
            status = HTTPStatus.OK if is_sent else HTTPStatus.TOO_MANY_REQUESTS
    elif request.method == "POST":
        rounds.confirm(asked)
        return HttpResponseRedirect(request.path)
    return render(request, "partners/freshness/confirm.html", context, status=status)
