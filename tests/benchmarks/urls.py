from django.db import transaction
from django.http import HttpResponse
from django.urls import path

from ecca_site import urls
from ecca_site.urls import handler400, handler404, handler500

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

BODY = b"x" * 32_000


@transaction.non_atomic_requests
def bare(request):
    """What Django and the site's middleware cost by themselves.

    No query, not even for a transaction.
    """
    return HttpResponse(BODY)


urlpatterns = [path("bare", bare), *urls.urlpatterns]
