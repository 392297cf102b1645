from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail import hooks

from .coverage import frame_texts

hooks.register("register_coverage_texts", frame_texts)


@hooks.register("insert_global_admin_css")
def brand_the_cms() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


@hooks.register("insert_global_admin_js")
def help_forms_that_stay_open() -> SafeString:
    return format_html(
        '<script type="module" src="{}"></script>'
        '<script type="module" src="{}" data-cms-forms data-most-fields="{}" '
        'data-most-bytes="{}" data-too-much="{}"></script>',
        static("js/send-once.js"),
        static("js/cms-forms.js"),
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        gettext(
            "That is more than can be saved at once. Nothing was sent: shorten it, or save it in "
            "parts."
        ),
    )
