"""The texts of a translation stay as they were submitted, by whichever address somebody tries to change them."""

from http import HTTPStatus

from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail_localize.models import Translation

from .submission import target_of, why_locked

OUR_OWN = {"translation_submit"}  # says itself what stands in the way


class TranslationLockMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "translation_id" not in kwargs or request.method in ("GET", "HEAD", "OPTIONS"):
            return None
        if not request.user.is_authenticated or request.resolver_match.view_name in OUR_OWN:
            return None
        translation = Translation.objects.filter(pk=kwargs["translation_id"]).first()
        page = target_of(translation) if translation else None
        reason = why_locked(page, request.user) if page else ""
        if not reason:
            return None
        if request.method in ("PUT", "DELETE"):
            return JsonResponse({"error": reason}, status=HTTPStatus.LOCKED)  # localize's editor reads it
        messages.error(request, reason)
        return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
