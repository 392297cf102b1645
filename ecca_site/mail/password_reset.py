"""Forgotten passwords.

The request only notes the address that was typed, so no answer tells whose address is known.
"""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import translation
from django_tasks import TaskContext, task
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.admin.views.account import PasswordResetView as WagtailPasswordResetView

from ecca_site.intake import limits
from ecca_site.workers.queue import finish

from .outbox import language_of


class ResetForm(PasswordResetForm):
    """Wagtail's form, whose mail is in the language of whoever gets it."""

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        *args: object,
        **kwargs: object,
    ) -> None:
        with translation.override(language_of(context["user"])):
            super().send_mail(subject_template_name, email_template_name, context, *args, **kwargs)


class PasswordResetView(WagtailPasswordResetView):
    """Wagtail's view, limited by network and by address.

    It is as quick for an unknown address as for a known one.
    """

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        refusal = limits.refusal(self.request, "password reset", email)
        if refusal:
            form.add_error(None, refusal)
            response = self.form_invalid(form)
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            return response
        write_reset.enqueue(email)
        return HttpResponseRedirect(self.get_success_url())


@task(takes_context=True)
@transaction.atomic
def write_reset(context: TaskContext, email: str) -> None:
    """Write to whoever has an account with this address, if anybody has; once."""
    finish(context)
    form = ResetForm({"email": email})
    if form.is_valid():
        form.save(
            domain_override=urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc,
            subject_template_name=PasswordResetView.subject_template_name,
            email_template_name=PasswordResetView.email_template_name,
        )
