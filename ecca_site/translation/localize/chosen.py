"""The pictures, documents and pages that wagtail-localize's editor shows as chosen.

The editor asks the CMS's API for them, which tells everything of everything and is not open to
translators. A script sends these requests here (``static/js/translation-editor.js``).
"""

from http import HTTPStatus
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from ecca_site.core.forms import may_choose
from ecca_site.uploads.images import FALLBACK
from ecca_site.uploads.models import CustomDocument, CustomImage
from ecca_site.uploads.pictures import PREVIEW_PICTURE
from ecca_site.users.models import User

from .access import translation_for
from .cleaning import chosen_model
from .targets import model_of, target_in

KINDS = {"images": CustomImage, "documents": CustomDocument, "pages": Page}
WIDTH = 165  # pixels
PREVIEW_HEIGHT = 87  # pixels, of the site's own picture at this width


@require_safe
def chosen(request: HttpRequest, translation_id: int, kind: str, pk: int) -> JsonResponse:
    """Return title and thumbnail of an object that the user may see in a translation."""
    translation = translation_for(request.user, translation_id)
    found = visible_object(request.user, translation, kind, pk)
    if found is None:
        # The editor reads the body of any answer, and stops where it finds no thumbnail.
        data = described(pk, _("No longer available"), None)
        return JsonResponse(data, status=HTTPStatus.NOT_FOUND)
    image = found if isinstance(found, CustomImage) else None
    return JsonResponse(described(pk, found.title, image))


def visible_object(user: User, translation: Translation, kind: str, pk: int) -> Model | None:
    """Return an object that a translation shows or replaces, or that the user may choose for it.

    None for any other, and where there is none.
    """
    model = KINDS.get(kind)
    if model is None:
        return None
    found = model._default_manager.filter(pk=pk).first()
    if found is None:
        return None
    if is_shown(translation, model, pk) or may_choose(user, {(model, str(pk))}):
        return found
    return None


def is_shown(translation: Translation, model: type[Model], pk: int) -> bool:
    """Return whether a field or block of the source or the translation has this object."""
    values = [f"{pk}", f'"{pk}"']
    in_source = OverridableSegment.objects.filter(
        source=translation.source_id, data_json__in=values
    )
    in_translation = SegmentOverride.objects.filter(
        context__object_id=translation.source.object_id,
        locale=translation.target_locale_id,
        data_json__in=values,
    )
    page_model = model_of(translation.source)
    for place in [
        *in_source.select_related("context"),
        *in_translation.select_related("context"),
    ]:
        if place.context is None:
            continue
        chosen_here = chosen_model(target_in(page_model, place.context))
        if chosen_here is not None and issubclass(chosen_here, model):
            return True
    return False


def described(pk: int, title: str, image: CustomImage | None) -> dict[str, Any]:
    """Return what the editor reads of an object; without a picture it gets the site's own."""
    size = image.sizes().get(FALLBACK) if image is not None else None
    if size is None:
        url = static(PREVIEW_PICTURE)
        height = PREVIEW_HEIGHT
    else:
        url = size.url
        height = round(WIDTH * size.height / size.width)
    return {"id": pk, "title": title, "thumbnail": {"url": url, "width": WIDTH, "height": height}}
