"""The panel of the CMS home that shows what there is to translate.

It costs at most five queries, and three more where something has changed since the last count.
"""

from django.utils.functional import cached_property
from wagtail.models import Page
from wagtail.permissions import policy_registry

from ecca_site.core.permissions import PagePermissions
from ecca_site.i18n.languages import LANGUAGE_NAMES, other_languages
from ecca_site.moderation.panels import MOST, Panel

from ..models import TranslationState
from .board import State, languages_of, site_totals

TO_DO = (State.STALE, State.DRAFT, State.MISSING)  # the states in which something is to be done


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
        translated, reviewed = languages_of(self.user)
        mine = translated | reviewed
        if not mine and self.writes_pages:
            mine = set(LANGUAGE_NAMES)
        return [code for code in other_languages() if code in mine]

    @property
    def writes_pages(self) -> bool:
        if self.user.is_superuser:
            return True
        held = policy_registry.get_by_type(Page).get_cached_permissions_for_user(self.user)
        return any(permission.permission.codename == "add_page" for permission in held)

    @cached_property
    def languages(self) -> list[tuple[str, str, list[tuple[State, int]]]]:
        """Codes and names of the languages, with the number of pages in each state of ``TO_DO``."""
        states = site_totals().states
        languages = []
        for code in self.codes:
            numbers = [(state, states[code][state]) for state in TO_DO]
            languages.append((code, LANGUAGE_NAMES[code], numbers))
        return languages

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
