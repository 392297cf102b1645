"""Review without an account.

A secret, expiring address shows one version and takes comments, and that is all.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.utils.decorators import xframe_options_sameorigin_override

from ecca_site.intake import limits
from ecca_site.intake.decisions import TooLate
from ecca_site.uploads.storage import passes

from .models import GuestComment, GuestLink
from .models.guests import GUESTS

MOST_COMMENTS = 100  # of one address: it is for a few people


class CommentForm(forms.ModelForm):
    class Meta:
        model = GuestComment
        fields = ["name", "text"]

    def clean(self) -> dict[str, object]:
        """Refuse one comment too many; who sends at the same moment waits for this one."""
        GuestLink.objects.select_for_update().get(pk=self.instance.link_id)
        if self.instance.link.comments.count() >= MOST_COMMENTS:
            raise forms.ValidationError(
                _("This address takes no more comments. Ask whoever gave it to you.")
            )
        return super().clean()


def with_open_link(
    view: Callable[[HttpRequest, GuestLink, Page], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give a view the link of a token and its version, and answer in the version's language.

    The answer is kept out of caches and indexes.
    """

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponse:
        link = GuestLink.objects.at(token)
        if link is None:
            if GUESTS.open(token) is None:
                raise Http404
            raise TooLate(_("This address has ended, or the version was decided on meanwhile."))
        if link.revision.content_object is None:
            raise Http404
        version = link.revision.as_object()
        with translation.override(version.locale.language_code):
            response = view(request, link, version)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return wrapped


@csrf_exempt  # whoever knows the address may comment: there is no session to ride on
@with_open_link
@require_http_methods(["GET", "HEAD", "POST"])
def guest(request: HttpRequest, link: GuestLink, version: Page) -> HttpResponse:
    """Show a version and its comments to a guest; take another comment."""
    form = CommentForm(
        request.POST if request.method == "POST" else None, instance=GuestComment(link=link)
    )
    too_often = ""
    if request.method == "POST" and (too_often := limits.refusal(request, "guest comment")):
        form.add_error(None, too_often)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            comment = form.save()
            data = {"comment": comment.text, "name": comment.name}
            log(
                instance=version,
                action="moderation.guest_comment",
                revision=link.revision,
                data=data,
            )
        return HttpResponseRedirect(f"{request.path}?thanks#comments")
    context = {
        "link": link,
        "version": version,
        "form": form,
        "key": secrets.token_urlsafe(12),
        "thanks": "thanks" in request.GET,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    if too_often:
        status = HTTPStatus.TOO_MANY_REQUESTS
    return render(request, "moderation/guest.html", context, status=status)


@with_open_link
@xframe_options_sameorigin_override
@require_safe
def guest_version(request: HttpRequest, link: GuestLink, version: Page) -> HttpResponse:
    """Show the version itself, as visitors would see it, with files that are not published yet."""
    with passes(link.token):
        return version.make_preview_request(request, version.default_preview_mode)
