from django.contrib.auth.models import AbstractUser
from wagtail.models import Page, TaskState
from wagtail.signals import page_published, task_rejected

from partners.models import Application, PartnerPage

from . import flow


def admit_published(instance: PartnerPage, **kwargs: object) -> None:
    """Admit the applicant whose profile has been published."""
    flow.admit(instance)


def ask_applicant(instance: TaskState, user: AbstractUser | None = None, **kwargs: object) -> None:
    """Ask the applicant for the changes that a review asks for.

    Nobody else has an account for this profile yet.
    """
    page = instance.workflow_state.content_object
    if not isinstance(page, Page) or not instance.comment:
        return
    applications = Application.objects.filter(profile_id=page.pk, state__in=Application.OPEN)
    application = applications.first()
    if application is not None:
        flow.ask(application, user, instance.comment)


def connect() -> None:
    page_published.connect(admit_published, sender=PartnerPage)
    task_rejected.connect(ask_applicant, sender=TaskState)
