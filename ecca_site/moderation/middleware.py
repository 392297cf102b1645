from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages

from .models import ReviewRefused, is_moderator


class ReviewRefusedMiddleware:
    """Tell whoever tried a decision why it was not taken; what the request had changed is rolled back by then."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, ReviewRefused):
            return None
        messages.error(request, str(exception))
        home = reverse("moderation_queue" if is_moderator(request.user) else "wagtailadmin_home")
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": home})
        return redirect(home)
