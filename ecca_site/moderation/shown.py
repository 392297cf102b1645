"""The proof that visitors can be shown a version.

It is made once as they would get it, before it may go live.
"""

import logging

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.dispatch import Signal
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from ecca_site.core.choices import pictures_of
from ecca_site.uploads.models import CustomImage

from .reviewed import Reviewed

logger = logging.getLogger(__name__)

# Sent with ``version`` and ``reason`` when the page of a version ends in an error: administrators
# have to mend that.
version_failed = Signal()


def why_not_shown(version: Reviewed) -> str:
    """Return why visitors cannot be shown a version, in the active language; "" where they can."""
    broken = [image.title for image in pictures_of(version) if not can_be_shown(image)]
    if broken:
        text = _("These pictures cannot be shown: %(titles)s. Upload them anew or choose others.")
        return text % {"titles": ", ".join(broken)}
    try:
        with transaction.atomic(), translation.override(version.locale.language_code):
            render(version)
    except Exception as error:  # whatever a template or a block raises
        logger.exception("Version %s of %r cannot be shown", version.latest_revision_id, version)
        reason = f"{type(error).__name__}: {error}"[:200]
        version_failed.send(sender=type(version), version=version, reason=reason)
        text = _(
            "Visitors would get an error in place of this page "
            "(%(reason)s). Administrators have been told."
        )
        return text % {"reason": reason}
    return ""


def can_be_shown(image: CustomImage) -> bool:
    """Return whether a picture can be shown.

    One that failed lately is tried once more, since it may be repaired.
    """
    if image.sizes():
        return True
    return image.try_renditions(at_once=True) and bool(image.sizes())


def render(version: Reviewed) -> None:
    """Make the page of a version and its card in lists, as an anonymous visitor would get them.

    A snippet has no page of its own: what editors see of it as a preview has to do.
    """
    request = anonymous_request(version)
    is_page = isinstance(version, Page)
    response = (
        version.serve(request)
        if is_page
        else version.serve_preview(request, version.default_preview_mode)
    )
    if hasattr(response, "render"):
        response.render()
    if is_page and version.card:
        render_to_string(
            f"includes/{version.card}_card.html", {version.card: version}, request=request
        )


def anonymous_request(version: Reviewed) -> WSGIRequest:
    """Return a request for a page by somebody unknown, as Wagtail makes those of its previews."""
    request = WSGIRequest(version._get_dummy_headers())
    request.user = AnonymousUser()
    request.LANGUAGE_CODE = translation.get_language()
    return request
