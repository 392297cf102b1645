from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .guides import guides_for
from .languages import fates_of_fields


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show the guides of a person's roles; the CMS has asked for the sign-in."""
    context = {"guides": guides_for(request.user), "fates": fates_of_fields()}
    return render(request, "guide/guide.html", context)
