"""The page behind the signed link, with the profile and the one press that confirms it."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ecca_site.delivery.addresses import path_here
from ecca_site.intake import limits
from ecca_site.intake.submissions import is_foreign, public_form

from . import letters, links, rounds


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the profile; only a POST says that it is correct.

    Where the link has expired, the POST asks for a new one.
    """
    asked, is_expired = links.request_at(token)
    profiles = rounds.profiles_of(asked) if asked else []
    if asked is None or not profiles:
        return render(request, "partners/freshness/no_link.html", status=HTTPStatus.NOT_FOUND)
    profile = letters.profile_in_own_language(profiles)
    context = {
        "profile": profile,
        "profiles": profiles,
        "profile_path": path_here(profile, request),
        "asked": asked,
    }
    status = HTTPStatus.OK
    if request.method == "POST" and is_foreign(request):
        status = HTTPStatus.FORBIDDEN
    elif is_expired and not asked.confirmed_at:
        status = HTTPStatus.GONE
        context["is_expired"] = True
        if request.method == "POST":
            # The limit counts by the request: whoever presses the button, the mails go to the
            # organisation's mailbox.
            if limits.refusal(request, "confirmation link", str(asked.pk)):
                context["is_sent"] = False
                status = HTTPStatus.TOO_MANY_REQUESTS
            else:
                letters.ask(asked, profiles, f"again:{timezone.now().isoformat()}")
                context["is_sent"] = True
                status = HTTPStatus.OK
    elif request.method == "POST":
        rounds.confirm(asked)
        return HttpResponseRedirect(request.path)
    return render(request, "partners/freshness/confirm.html", context, status=status)
