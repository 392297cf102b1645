"""The panel of the CMS home that shows what there is to translate.

It costs at most five queries, and four more where something has changed since the last count.
"""

from django.utils.functional import cached_property
from wagtail.models import Page
from wagtail.permissions import policy_registry

from ecca_site.core.permissions import PagePermissions
from ecca_site.i18n.languages import LANGUAGE_NAMES, is_source
from ecca_site.moderation.panels import MOST, Panel

from ..models import TranslationState
from .board import State
from .totals import TO_DO, site_totals
from .viewer import languages_of


class ToTranslate(Panel):
    """The work in somebody's languages: their own as translators and reviewers, as writers all."""

    name = "to_translate"
    order = 130
    template_name = "translation/panels/to_translate.html"

    @property
    def has_content(self) -> bool:
        return bool(self.codes)

    @cached_property
    def codes(self) -> list[str]:
        """The languages of the panel; the site's own only where something is to be done in it."""
        translated, reviewed = languages_of(self.user)
        mine = translated | reviewed
        if not mine and self.writes_pages:
            mine = set(LANGUAGE_NAMES)
        codes = [code for code in LANGUAGE_NAMES if code in mine]
        return [code for code in codes if not is_source(code) or self.has_work_in(code)]

    @staticmethod
    def has_work_in(code: str) -> bool:
        return any(number for _state, number in site_totals().to_translate(code))

    @property
    def writes_pages(self) -> bool:
        if self.user.is_superuser:
            return True
        held = policy_registry.get_by_type(Page).get_cached_permissions_for_user(self.user)
        return any(permission.permission.codename == "add_page" for permission in held)

    @cached_property
    def languages(self) -> list[tuple[str, str, list[tuple[State, int]]]]:
        """Codes and names of the languages, with the number of pages in each state of ``TO_DO``."""
        totals = site_totals()
        return [(code, LANGUAGE_NAMES[code], totals.to_translate(code)) for code in self.codes]

    @property
    def states(self) -> tuple[State, ...]:
        return TO_DO

    @cached_property
    def stale(self) -> list[tuple[TranslationState, bool]]:
        """The translations that have been out of date for longest.

        Each comes with whether this person can go on with it.
        """
        states = TranslationState.objects.stale().filter(
            page__live=True, page__locale__language_code__in=self.codes, orphaned_since=None
        )
        longest = states.select_related("page__locale").order_by("stale_since", "pk")[:MOST]
        return [(state, PagePermissions(self.user, state.page).can_edit()) for state in longest]
