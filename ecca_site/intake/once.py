"""Forms that are sent twice, as by two clicks, act once.

Each shown form has a key: the stamp of a visitor's form, what a script of ours adds when the
browser sends it, or the token that Django makes anew for each page. Key and content together are
claimed in the transaction of the act. Of two at the same moment the second waits, then gets the
answer of the first. A form that changed nothing, since it was refused, may be sent again.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import MessageDecoder, MessageEncoder
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from .kept import TOKEN
from .models import SentForm

View = Callable[..., HttpResponse]

KEY = "form_key"
# A token of 32 characters is that of the cookie, the same for all pages.
LENGTH_OF_MASKED_TOKEN = 64
KEPT = timedelta(days=1)
# Who signs in gets a cookie with the answer, and another token.
SIGNING_IN = {"wagtailadmin_login", "wagtailadmin_logout"}
WRITING = ("INSERT", "UPDATE", "DELETE")
SAFE = ("GET", "HEAD", "OPTIONS")


class Writes:
    """Notes whether a view writes into the database."""

    def __init__(self) -> None:
        self.is_any = False

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.is_any = self.is_any or sql.startswith(WRITING)
        return execute(sql, params, many, context)


def acts_once(view: View) -> View:
    """Let a view act upon a form once, whatever it is.

    One without a transaction has nothing to claim a form in.
    """
    is_atomic = not getattr(view, "_non_atomic_requests", ())

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        digest = digest_of(request) if is_atomic else None
        if digest is None:
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                SentForm.objects.create(pk=digest)
        except IntegrityError:
            return said_again(request, SentForm.objects.get(pk=digest))
        writes = Writes()
        with connection.execute_wrapper(writes):
            response = view(request, *args, **kwargs)
        if not connection.needs_rollback:
            keep(request, response, digest, is_done=writes.is_any)
        return response

    wrapped.acts_once = True  # type: ignore[attr-defined]
    return wrapped


def digest_of(request: HttpRequest) -> str | None:
    """Return what tells a form from all others, None for what is no form of a page."""
    if request.method in SAFE or is_saved_again_and_again(request):
        return None
    key = key_of(request)
    if not key:
        return None
    fields = sorted(item for item in request.POST.lists() if item[0] not in (TOKEN, KEY))
    files = []
    for name, found in sorted(request.FILES.lists()):
        files += [(name, file.name, file.size) for file in found]
    whole = [request.user.pk, request.get_full_path(), key, fields, files]
    return hashlib.sha256(json.dumps(whole).encode("utf-8", "surrogatepass")).hexdigest()


def is_saved_again_and_again(request: HttpRequest) -> bool:
    """Return whether this only saves a draft: the same content may come back after another one."""
    match = request.resolver_match
    if match is None or match.view_name in SIGNING_IN:
        return True
    is_act = any(name.startswith("action-") for name in request.POST)
    return match.url_name == "edit" and not is_act


def key_of(request: HttpRequest) -> str:
    """Return the key of the form that was shown, "" where it has none."""
    for name in (KEY, "stamp"):
        if key := request.POST.get(name):
            return key
    token = request.POST.get(TOKEN, "")
    return token if len(token) == LENGTH_OF_MASKED_TOKEN else ""


def keep(request: HttpRequest, response: HttpResponse, digest: str, *, is_done: bool) -> None:
    """Keep the answer to a form that was acted upon; forget one that was not."""
    row = SentForm.objects.filter(pk=digest)
    if is_done and response.status_code in (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER):
        said = getattr(get_messages(request), "_queued_messages", [])
        row.update(location=response.url, messages=json.dumps(said, cls=MessageEncoder))
    else:
        row.delete()


def said_again(request: HttpRequest, form: SentForm) -> HttpResponse:
    """Answer as the first time."""
    storage = get_messages(request)
    known = {message.message for message in storage}  # where the first answer arrived, too
    storage.used = False
    for message in json.loads(form.messages, cls=MessageDecoder):
        if message.message not in known:
            storage.add(message.level, message.message, message.extra_tags)
    return HttpResponseRedirect(form.location)


def forget_old_forms() -> None:
    """Forget forms that nobody sends a second time any more."""
    SentForm.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
