from wagtail.signals import page_published, task_rejected

from partners.models import Application, PartnerPage

from . import flow


def admit_published(instance, **kwargs):
    flow.admit(instance)


def ask_applicant(instance, user=None, **kwargs):
    """A review that asks for changes asks the applicant: nobody else has an account for this profile yet."""
    page = instance.workflow_state.content_object
    application = Application.objects.filter(profile_id=page.pk, state__in=Application.OPEN).first() if page else None
    if application is not None and instance.comment:
        flow.ask(application, user, instance.comment)


def connect():
    page_published.connect(admit_published, sender=PartnerPage)
    task_rejected.connect(ask_applicant)
