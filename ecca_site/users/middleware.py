from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .sessions import note_use


class LastUseMiddleware:
    """Note from time to time that somebody uses a session in the CMS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_cms = request.path_info.startswith(reverse("wagtailadmin_home"))
        if is_cms and request.user.is_authenticated:
            note_use(request.session)
        return response
