from http import HTTPStatus

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file
from wagtail import views as wagtail_views

from .ranges import partial
from .routing import find_route

# The colours of a drawing stand in its styles.
MEDIA_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'"


def reading(view):
    """Answer by a view that only reads, without a transaction: on SQLite it would wait for whoever writes."""
    return transaction.non_atomic_requests(require_safe(view))


@transaction.non_atomic_requests
def page(request, path):
    """Wagtail's view of a page, with a shorter way to it; see ``reading``."""
    route = find_route(path)
    if isinstance(route, str):
        return HttpResponseRedirect(route)
    request._wagtail_route_for_request = route
    return wagtail_views.serve(request, path)


@reading
@never_cache
def healthz(request):
    """Say whether this process can reach its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@reading
def media(request, path):
    """Serve an uploaded file so that nothing in it can run; behind nginx, nginx does this (see deploy/)."""
    response = partial(request, serve_file(request, path, document_root=settings.MEDIA_ROOT))
    response["Content-Security-Policy"] = MEDIA_POLICY
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def bad_request(request, exception=None):
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def server_error(request):
    """The last resort needs neither database nor context."""
    return render(request, "500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
