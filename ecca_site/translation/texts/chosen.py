"""What wagtail-localize's editor shows of a chosen picture, document or page.

It asks the CMS's API, which tells everything of everything and is not open to translators. A script sends these
requests here (``static/js/translation-editor.js``).
"""

from http import HTTPStatus

from django.http import JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, SegmentOverride

from ecca_site.core.forms import may_choose
from ecca_site.core.images import FALLBACK
from ecca_site.core.models import CustomDocument, CustomImage
from ecca_site.core.pictures import PREVIEW_PICTURE

from .access import translation_for
from .cleaning import chosen_model
from .targets import target_in

KINDS = {"images": CustomImage, "documents": CustomDocument, "pages": Page}
WIDTH = 165  # pixels


@require_safe
def chosen(request, translation_id, kind, pk):
    """Return title and thumbnail of what a translation or its source shows, or the user may choose for it."""
    translation = translation_for(request.user, translation_id)
    model = KINDS.get(kind)
    found = model._default_manager.filter(pk=pk).first() if model else None
    if found is None or not (is_shown(translation, model, pk) or may_choose(request.user, {(model, str(pk))})):
        # The editor reads the body of any answer, and stops where it finds no thumbnail.
        return JsonResponse(described(pk, _("No longer available"), None), status=HTTPStatus.NOT_FOUND)
    return JsonResponse(described(pk, found.title, found if model is CustomImage else None))


def is_shown(translation, model, pk):
    """Whether the source or the translation has this object in one of its fields or blocks."""
    data = {"data_json__in": [f"{pk}", f'"{pk}"']}
    shown = OverridableSegment.objects.filter(source=translation.source_id, **data)
    instead = SegmentOverride.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale_id, **data
    )
    page_model = translation.source.specific_content_type.model_class()
    contexts = [found.context for found in [*shown.select_related("context"), *instead.select_related("context")]]
    models = [chosen_model(target_in(page_model, context)) for context in contexts if context]
    return any(found and issubclass(found, model) for found in models)


def described(pk, title, image):
    size = image.sizes()[FALLBACK] if image else None
    url, height = (size.url, round(WIDTH * size.height / size.width)) if size else (static(PREVIEW_PICTURE), 87)
    return {"id": pk, "title": title, "thumbnail": {"url": url, "width": WIDTH, "height": height}}
