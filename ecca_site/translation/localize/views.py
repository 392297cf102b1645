"""The addresses of wagtail-localize's editor that stay open, for whoever may use each.

They stand at wagtail-localize's own addresses, which its editor asks, and before them (see
``wagtail_hooks``).
"""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from rest_framework.authentication import SessionAuthentication
from rest_framework.decorators import (
    api_view,
    authentication_classes,
    parser_classes,
    permission_classes,
)
from rest_framework.exceptions import ParseError
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.utils.decorators import xframe_options_sameorigin_override
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
)
from wagtail_localize.views import edit_translation
from wagtail_localize.views.edit_translation import (
    SegmentOverrideSerializer,
    StringTranslationSerializer,
)

from .access import translation_for
from .store import save_text

View = Callable[..., HttpResponse]


def for_editor(view: View) -> View:
    """Answer what wagtail-localize's editor asks by a script.

    A refusal is JSON with the reason as its "error".
    """

    @wraps(view)
    def answer(request: Request, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            return refusal(_("You do not work on this translation."), HTTPStatus.FORBIDDEN)
        except Http404:
            return refusal(
                _("This text does not exist any more. Load the page again."), HTTPStatus.NOT_FOUND
            )
        except MultiValueDictKeyError:
            return refusal(
                _("This text is empty. Leave it untranslated instead."), HTTPStatus.BAD_REQUEST
            )
        except ValidationError as error:
            return refusal(" ".join(error.messages), HTTPStatus.BAD_REQUEST)
        except ParseError:
            return refusal(_("The server could not read this request."), HTTPStatus.BAD_REQUEST)

    return answer


def refusal(reason: str, status: HTTPStatus) -> JsonResponse:
    return JsonResponse({"error": reason}, status=status)


def editor_api(view: View) -> View:
    """Read the editor's PUT, which Django alone does not, and check session and CSRF token."""
    view = for_editor(view)
    view = permission_classes([IsAuthenticated])(view)
    view = authentication_classes([SessionAuthentication])(view)
    view = parser_classes([FormParser, MultiPartParser])(view)
    return api_view(["PUT", "DELETE"])(view)


@editor_api
def edit_text(request: Request, translation_id: int, string_segment_id: int) -> Response:
    """Save or remove the translation of one text."""
    translation = translation_for(request.user, translation_id)
    segment = get_object_or_404(StringSegment, pk=string_segment_id, source=translation.source)
    if request.method == "DELETE":
        texts = StringTranslation.objects.filter(
            translation_of=segment.string_id,
            context=segment.context_id,
            locale=translation.target_locale_id,
        )
        for text in texts:
            text.delete()
        return Response({})
    text, is_new = save_text(translation, segment, request.POST["value"], request.user)
    serializer = StringTranslationSerializer(
        text, context={"translation_source": translation.source}
    )
    return Response(serializer.data, status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)


@editor_api
def edit_override(request: Request, translation_id: int, overridable_segment_id: int) -> Response:
    """Save or remove the picture, page or address that stands here instead of the source's."""
    translation = translation_for(request.user, translation_id)
    segment = get_object_or_404(
        OverridableSegment, pk=overridable_segment_id, source=translation.source
    )
    where = {"locale_id": translation.target_locale_id, "context_id": segment.context_id}
    if request.method == "DELETE":
        SegmentOverride.objects.filter(**where).delete()
        return Response({})
    override, is_new = SegmentOverride.objects.update_or_create(
        **where,
        defaults={
            "data_json": json.dumps(request.POST["value"]),
            "last_translated_by": request.user,
            "has_error": False,
            "field_error": "",
        },
    )
    serializer = SegmentOverrideSerializer(
        override, context={"translation_source": translation.source}
    )
    return Response(serializer.data, status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)


@require_safe
@xframe_options_sameorigin_override
def preview(request: HttpRequest, translation_id: int, mode: str | None = None) -> HttpResponse:
    """Show a page as its translation is now, to whoever may work on it."""
    translation_for(request.user, translation_id)
    return edit_translation.preview_translation(request, translation_id, mode)
