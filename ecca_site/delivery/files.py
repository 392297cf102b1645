"""Uploaded files at their addresses: the published ones for everybody, the others for few.

On a server with nginx, nginx sends what is published from the mirror (see deploy/), and asks here
for what it does not find there.
"""

import mimetypes
from collections.abc import Callable
from functools import partial as later
from functools import wraps

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import Storage, default_storage, storages
from django.core.handlers.exception import response_for_exception
from django.db import transaction
from django.db.models import Model
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from wagtail.documents.views import serve
from wagtail.users.models import UserProfile

from ecca_site.uploads import published
from ecca_site.uploads.models import CustomDocument, CustomImage, Rendition

from .ranges import partial

# The colours of a drawing stand in its styles.
MEDIA_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'"
)
# A name never gets another content. A cache that many share must forget what is withdrawn.
FOR_EVER = "public, max-age=31536000, s-maxage=60, immutable"
FOR_NOBODY_ELSE = "private, no-store"
# The folders of the private store, and whose files lie there.
FOLDERS: dict[str, tuple[type[Model], str]] = {
    "images": (Rendition, "file"),
    "original_images": (CustomImage, "file"),
    "documents": (CustomDocument, "file"),
    "avatar_images": (UserProfile, "avatar"),
}
LONGEST_NUMBER = 18  # digits, which both databases take

# Rooms above say who may see a file that is not published: its row is given to them, of a rendition
# that of its picture.
Reads = Callable[[HttpRequest, Model], bool]
_reads: list[Reads] = []


def kept_by_nobody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer by a view that reads alone, and let no cache keep that there is no such file.

    It may be published in a moment.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404 as error:
            response = response_for_exception(request, error)
            response["Cache-Control"] = FOR_NOBODY_ELSE
            return response

    # As ``views.reading``: on SQLite a transaction would wait for whoever writes.
    return transaction.non_atomic_requests(require_safe(wrapped))


def also_read_by(reads: Reads) -> None:
    """Show files that are not published to whom a function of a room above says."""
    _reads.append(reads)


@kept_by_nobody
def media(request: HttpRequest, path: str) -> HttpResponse:
    """Serve an uploaded file so that nothing in it can run."""
    response = _from_mirror(path) or _from_store(request, path)
    response = partial(request, response)
    response["Content-Security-Policy"] = MEDIA_POLICY
    return response


@kept_by_nobody
def document(request: HttpRequest, document_id: str, filename: str) -> HttpResponse:
    """Serve a document under its name."""
    if len(document_id) > LONGEST_NUMBER:
        raise Http404
    found = get_object_or_404(CustomDocument, pk=document_id)
    is_public = published.is_published(found)
    if not is_public and not may_read(request, found):
        raise Http404
    response = serve.serve(request, document_id, filename)
    if not is_public:
        response["Cache-Control"] = FOR_NOBODY_ELSE
    return response


def may_read(request: HttpRequest, file: Model) -> bool:
    """Return whether a request may be answered with a file that is not published."""
    return any(reads(request, file) for reads in _reads)


def _from_mirror(path: str) -> FileResponse | None:
    return _answer(storages[published.PUBLISHED], f"{published.MEDIA}/{path}", FOR_EVER)


def _from_store(request: HttpRequest, name: str) -> FileResponse:
    """Return a file of the private store; names that no row has are not even looked for.

    Raises:
        Http404: there is none, or it is not for whoever asks.
    """
    folder = name.partition("/")[0]
    if folder not in FOLDERS:
        raise Http404
    model, field = FOLDERS[folder]
    rows = model._default_manager.filter(**{field: name})
    if model is Rendition:
        rows = rows.select_related("image")
    stored = rows.first()
    if stored is None:
        raise Http404
    file = stored.image if isinstance(stored, Rendition) else stored
    cache_control = FOR_NOBODY_ELSE
    if published.is_shown(stored) and published.is_published(file):
        # It went live a moment ago, or the mirror has lost it.
        transaction.on_commit(later(published.follow, type(file), {file.pk}), robust=True)
        cache_control = FOR_EVER
    elif not may_read(request, file):
        raise Http404
    response = _answer(default_storage, name, cache_control)
    if response is None:
        raise Http404
    return response


def _answer(storage: Storage, name: str, cache_control: str) -> FileResponse | None:
    """Return an answer with a file of a storage, None where it has no such file."""
    file = _opened(storage, name)
    if file is None:
        return None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(file, content_type=kind)
    response["Last-Modified"] = http_date(storage.get_modified_time(name).timestamp())
    response["Cache-Control"] = cache_control
    return response


def _opened(storage: Storage, name: str) -> File | None:
    try:
        return storage.open(name)
    except (OSError, SuspiciousFileOperation):  # a folder, a name that is too long, or none
        return None
