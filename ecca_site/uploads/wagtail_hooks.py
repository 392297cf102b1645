from collections.abc import Mapping

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .images import FAILED, CustomImage

MOST_NAMED = 5


@hooks.register("insert_global_admin_js")
def tell_of_uploads() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("js/upload-notes.js"))


class BrokenPictures(Component):
    """A warning for administrators as long as there are pictures that cannot be shown."""

    name = "broken_pictures"
    order = 11

    def render_html(self, parent_context: Mapping[str, object] | None = None) -> str:
        broken = CustomImage.objects.filter(made__has_key=FAILED).order_by("pk")
        number = broken.count()
        if not number:
            return ""
        text = ngettext(
            "%(number)s picture cannot be shown: its file is lost or broken. Pages leave it out.",
            "%(number)s pictures cannot be shown: their files are lost or broken. "
            "Pages leave them out.",
            number,
        )
        links = [
            (reverse("wagtailimages:edit", args=[image.pk]), image.title)
            for image in broken[:MOST_NAMED]
        ]
        return format_html(
            '<p class="help-block help-critical">{} {}</p>',
            text % {"number": number},
            format_html_join(", ", '<a href="{}">{}</a>', links),
        )


@hooks.register("construct_homepage_panels")
def warn_of_pictures(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.is_superuser:
        panels.insert(0, BrokenPictures())
