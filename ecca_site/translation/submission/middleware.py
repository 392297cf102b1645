"""What is asked of requests to views of others: may these texts be changed, what goes along?"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from ecca_site.delivery.refusals import refuse
from ecca_site.intake.kept import what_was_sent
from ecca_site.moderation.reviewed import edit_path

from ..localize.records import Translation
from .cascade import remember_named
from .submit import translated_by, why_locked

# Views that ask whether translations go along.
ASKING = {
    "wagtail_bulk_action",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:move_confirm",
    "wagtailadmin_pages:unpublish",
}
OUR_OWN = {"translation_submit"}  # says itself what stands in the way


class NamedTranslationsMiddleware:
    """Remember which translations a form has named before it was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> None:
        if request.method == "POST" and request.resolver_match.view_name in ASKING:
            remember_named(request)


class TranslationLockMiddleware:
    """Refuse to change texts that wait for a decision, at whichever address somebody tries."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Refuse to change a translation that waits for a decision or is locked."""
        if "translation_id" not in kwargs or request.method in ("GET", "HEAD", "OPTIONS"):
            return None
        if not request.user.is_authenticated or request.resolver_match.view_name in OUR_OWN:
            return None
        translation = Translation.objects.filter(pk=kwargs["translation_id"]).first()
        instance = translated_by(translation) if translation is not None else None
        if instance is None:
            return None
        reason = why_locked(instance, request.user)
        if not reason:
            return None
        if request.method in ("PUT", "DELETE"):
            # wagtail-localize's editor reads it.
            return JsonResponse({"error": reason}, status=HTTPStatus.LOCKED)
        sent = what_was_sent(request)
        if sent and sent.texts:
            return refuse(request, HTTPStatus.LOCKED, reason=reason)
        messages.error(request, reason)
        return redirect(edit_path(instance))
