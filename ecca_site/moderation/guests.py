"""Review without an account: a secret, expiring address shows one version and takes comments, and that is all."""

from functools import wraps

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.log_actions import log
from wagtail.utils.decorators import xframe_options_sameorigin_override

from .models import GuestComment, GuestLink

MOST_COMMENTS = 100  # of one address: it is for a few people


class CommentForm(forms.ModelForm):
    class Meta:
        model = GuestComment
        fields = ["name", "text"]

    def clean(self):
        if self.instance.link.comments.count() >= MOST_COMMENTS:
            raise forms.ValidationError(_("This address takes no more comments. Ask whoever gave it to you."))
        return super().clean()


def with_open_link(view):
    """Find the link of a token, answer in the language of its page, and keep the answer out of caches and indexes."""

    @never_cache
    @wraps(view)
    def wrapped(request, token):
        link = GuestLink.objects.at(token)
        if link is None or link.revision.content_object is None:
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
def guest(request, link, version):
    form = CommentForm(request.POST if request.method == "POST" else None, instance=GuestComment(link=link))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            comment = form.save()
            data = {"comment": comment.text, "name": comment.name}
            log(instance=version, action="moderation.guest_comment", revision=link.revision, data=data)
        return HttpResponseRedirect(f"{request.path}?thanks#comments")
    context = {"link": link, "version": version, "form": form, "thanks": "thanks" in request.GET}
    return render(request, "moderation/guest.html", context, status=422 if form.errors else 200)


@with_open_link
@xframe_options_sameorigin_override
@require_safe
def guest_version(request, link, version):
    return version.make_preview_request(request, version.default_preview_mode)
