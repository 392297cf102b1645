"""The panel of organisations that do not confirm their profile, on the CMS home of moderators."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component

from ecca_site.moderation.models import ReviewTask
from partners.models import ConfirmationRequest, PartnerIndexPage, PartnerPage


def may_see(user: AbstractUser) -> bool:
    """Return whether a user moderates profiles.

    Administrators do, and people in a group that reviews the section of partners.
    """
    if user.is_superuser:
        return True
    sections = PartnerIndexPage.objects.values("pk")
    tasks = ReviewTask.objects.filter(workflow_tasks__workflow__workflow_pages__page__in=sections)
    return tasks.filter(groups__user=user).exists()


class SilentOrganisations(Component):
    name = "silent_organisations"
    order = 130
    template_name = "partners/panels/silent.html"

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user

    @cached_property
    def profiles(self) -> list[tuple[PartnerPage, ConfirmationRequest]]:
        """One live profile of each, with the request that it did not answer, by three queries."""
        if not may_see(self.user):
            return []
        silent = ConfirmationRequest.objects.filter(confirmed_at=None).exclude(escalated_on=None)
        requests = {request.translation_key: request for request in silent}
        pages = PartnerPage.objects.live().filter(translation_key__in=requests, alias_of=None)
        # Of several profiles the last one stays, which is that of the oldest language.
        found = {page.translation_key: page for page in pages.order_by("-locale_id")}
        profiles = [(page, requests[key]) for key, page in found.items()]
        return sorted(profiles, key=lambda pair: (pair[1].asked_on, pair[0].pk))

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "panel": self}

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        if not self.profiles:
            return ""
        return super().render_html(parent_context)
