from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from ecca_site.delivery.refusals import is_cms, is_script, refuse
from ecca_site.intake.decisions import TooLate
from ecca_site.intake.kept import what_was_sent

from .models import ReviewRefused, SealBroken, is_moderator


class ReviewRefusedMiddleware:
    """Tell whoever tried a decision why it was not taken.

    What the request had changed is rolled back by then. Whoever only opens what is decided by now,
    as the link in a mail, is led to the queue; Wagtail's dialogues can show no page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TooLate | ReviewRefused):
            return None
        is_dialogue = request.headers.get("x-requested-with") == "XMLHttpRequest"
        is_led_on = is_cms(request) and (is_dialogue or request.method == "GET")
        if isinstance(exception, TooLate) and (exception.way_on or not is_led_on):
            return None  # answered as everywhere
        if isinstance(exception, SealBroken):
            exception.seal_again()  # the seal that was made in the request is gone with it
        sent = what_was_sent(request)
        if sent and sent.texts and not is_script(request):
            return refuse(request, HTTPStatus.UNPROCESSABLE_ENTITY, reason=str(exception))
        messages.error(request, str(exception))
        home = reverse("moderation_queue" if is_moderator(request.user) else "wagtailadmin_home")
        if is_dialogue:
            return JsonResponse({"step": "success", "redirect": home})
        return redirect(home)
