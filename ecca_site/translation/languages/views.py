"""The languages of the site: how far each is set up, and the button that sets one up."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Locale, Page

from ecca_site.i18n.languages import LANGUAGE_NAMES, html_lang, other_languages
from ecca_site.users.models import User

from ..models import LanguageSetup
from . import setup as languages


@dataclass(frozen=True)
class Language:
    """A language as the list shows it."""

    code: str
    setup: LanguageSetup | None
    is_live: bool
    done: int  # pages
    total: int

    @property
    def name(self) -> str:
        return LANGUAGE_NAMES[self.code]

    @property
    def html_lang(self) -> str:
        return html_lang(self.code)

    @property
    def is_at_work(self) -> bool:
        if self.setup is None or self.setup.pk is None:
            return False
        return self.setup.finished_at is None


def may_set_up(user: User) -> bool:
    """Return whether a user may set workflows up, of which each language brings its own."""
    return user.has_perm("wagtailcore.add_workflow")


@require_safe
def languages_view(request: HttpRequest) -> HttpResponse:
    """List the languages, with how many pages of each are prepared."""
    if not may_set_up(request.user):
        raise PermissionDenied
    setups = {locale.language_code: LanguageSetup(locale=locale) for locale in Locale.objects.all()}
    for setup in LanguageSetup.objects.select_related("locale"):
        setups[setup.locale.language_code] = setup
    homes = Page.objects.filter(depth=2, live=True, alias_of=None)
    live = set(homes.values_list("locale__language_code", flat=True))
    total = languages.pages_to_prepare().count()
    entries = []
    for code in other_languages():
        setup = setups.get(code)
        done = languages.progress(setup)[0] if setup else 0
        entries.append(Language(code, setup, code in live, done, total))
    context = {"languages": entries, "leaves_work_to_others": languages.leaves_work_to_others()}
    return render(request, "translation/languages.html", context)


@require_POST
def set_up_view(request: HttpRequest, language_code: str) -> HttpResponse:
    """Begin to set a language up, or go on with it."""
    if not may_set_up(request.user):
        raise PermissionDenied
    unfinished = LanguageSetup.objects.filter(finished_at=None)
    setup = unfinished.filter(locale__language_code=language_code).first()
    if setup is None:
        try:
            setup = languages.begin(language_code, request.user)
        except languages.UnknownLanguage:
            raise Http404 from None
    languages.go_on.enqueue(setup.pk)
    setup.refresh_from_db()
    if setup.finished_at:
        messages.success(
            request, _("%(language)s is set up.") % {"language": LANGUAGE_NAMES[language_code]}
        )
    return redirect("translation_languages")
