"""Which organisations nobody can get to confirm their profile, on the CMS home of those who moderate profiles."""

from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from ecca_site.moderation.models import ReviewTask
from partners.models import ConfirmationRequest, PartnerIndexPage, PartnerPage


def may_see(user):
    """Whether a user moderates profiles: by a group that reviews the section of partners, or as an administrator."""
    sections = PartnerIndexPage.objects.values("pk")
    tasks = ReviewTask.objects.filter(workflow_tasks__workflow__workflow_pages__page__in=sections)
    return user.is_superuser or tasks.filter(groups__user=user).exists()


class SilentOrganisations(Component):
    name = "silent_organisations"
    order = 130
    template_name = "partners/panels/silent.html"

    def __init__(self, request):
        self.user = request.user

    @cached_property
    def profiles(self):
        """One live profile of each, with the request that it did not answer; at most three queries."""
        if not may_see(self.user):
            return []
        requests = ConfirmationRequest.objects.filter(confirmed_at=None).exclude(escalated_on=None)
        requests = {request.translation_key: request for request in requests}
        pages = PartnerPage.objects.live().filter(translation_key__in=requests, alias_of=None).order_by("-locale_id")
        found = {page.translation_key: page for page in pages}
        for key, page in found.items():
            page.asked = requests[key]
        return sorted(found.values(), key=lambda page: (page.asked.asked_on, page.pk))

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "panel": self}

    def render_html(self, parent_context=None):
        return super().render_html(parent_context) if self.profiles else ""
