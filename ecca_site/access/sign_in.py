"""The form to sign in, and the limits of wrong passwords.

Beside what django-axes counts itself, the failures of an address are counted for all names. A page
says for how long there were too many.
"""

import math
from datetime import datetime
from http import HTTPStatus

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

Credentials = dict[str, str]


class SignInForm(LoginForm):
    """Wagtail's form, which names the field of the password in English alone."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")


class AddressHandler(AxesDatabaseHandler):
    """The handler of axes, which also counts an address for all names, by a higher limit.

    Axes itself counts a name together with an address. It knows one limit for everything that it
    counts, and a right password would reset all of it: people with an account of their own could go
    on guessing at others.
    """

    def get_failures(self, request: HttpRequest, credentials: Credentials | None = None) -> int:
        """Return how many failures count; those of an address reach the limit of a name at once."""
        failures: int = super().get_failures(request, credentials)
        total = Sum("failures_since_start", default=0)
        of_address = self.attempts_of_address(request).aggregate(total=total)["total"]
        if of_address >= settings.ADDRESS_FAILURE_LIMIT:
            return max(failures, settings.AXES_FAILURE_LIMIT)
        return failures

    def attempts_of_address(self, request: HttpRequest) -> QuerySet[AccessAttempt]:
        """Return what came from the address of a request within the cool-off."""
        return AccessAttempt.objects.filter(
            ip_address=request.axes_ip_address, attempt_time__gte=get_cool_off_threshold(request)
        )

    def free_at(self, request: HttpRequest, credentials: Credentials | None = None) -> datetime:
        """Return when the last lock ends that holds this attempt to sign in."""
        moments = [self._free_at(self.attempts_of_address(request), settings.ADDRESS_FAILURE_LIMIT)]
        for attempts in self.get_user_attempts(request, credentials):
            moments.append(self._free_at(attempts, settings.AXES_FAILURE_LIMIT))
        return max(moments)

    @staticmethod
    def _free_at(attempts: QuerySet[AccessAttempt], limit: int) -> datetime:
        """Return when fewer than ``limit`` failures are left.

        Each counts until the cool-off after it is over.
        """
        failures = 0
        for attempt in attempts.order_by("-attempt_time", "pk")[:limit]:
            failures += attempt.failures_since_start
            if failures >= limit:
                return attempt.attempt_time + get_cool_off()
        return timezone.now()


def locked_out(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: Credentials | None = None,
) -> HttpResponse:
    """Say, in the reader's language, when this address may try again."""
    free_at = AxesProxyHandler.get_implementation().free_at(request, credentials)
    seconds = max(1, math.ceil((free_at - timezone.now()).total_seconds()))
    context = {"minutes": math.ceil(seconds / 60), "next": request.POST.get("next", "")}
    response = render(
        request,
        "wagtailadmin/account/locked_out.html",
        context,
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )
    response["Retry-After"] = str(seconds)
    return response
