"""What there is to translate in somebody's languages, on the CMS home; at most five queries."""

from django.conf import settings
from django.utils.functional import cached_property
from wagtail.models import Page
from wagtail.permissions import policy_registry

from ecca_site.core.languages import LANGUAGE_NAMES
from ecca_site.moderation.panels import MOST, Panel

from .coverage import State, languages_of, originals, reviews_of_pages, totals
from .models import TranslationState

TO_DO = (State.STALE, State.DRAFT, State.MISSING)


class ToTranslate(Panel):
    """For translators and reviewers their languages, for whoever writes pages all."""

    name = "to_translate"
    order = 130
    template_name = "translation/panels/to_translate.html"

    @cached_property
    def codes(self):
        translated, reviewed = languages_of(self.user)
        mine = translated | reviewed if translated | reviewed or not self.writes_pages else set(LANGUAGE_NAMES)
        return [code for code in LANGUAGE_NAMES if code in mine - {settings.LANGUAGE_CODE}]

    @property
    def writes_pages(self):
        if self.user.is_superuser:
            return True
        held = policy_registry.get_by_type(Page).get_cached_permissions_for_user(self.user)
        return any(permission.permission.codename == "add_page" for permission in held)

    @cached_property
    def languages(self):
        """For each language the number of pages in each state in which something is to be done."""
        rows = originals()
        counted = totals(rows, rows.count(), self.codes, reviews_of_pages())
        return [(code, LANGUAGE_NAMES[code], [(state, counted[code][state]) for state in TO_DO]) for code in self.codes]

    @property
    def states(self):
        return TO_DO

    @cached_property
    def stale(self):
        """The translations that are out of date for longest."""
        states = TranslationState.objects.stale().filter(
            page__live=True, page__locale__language_code__in=self.codes, orphaned_since=None
        )
        return list(states.select_related("page__locale").order_by("stale_since", "pk")[:MOST])

    def render_html(self, parent_context=None):
        return super().render_html(parent_context) if self.codes else ""
