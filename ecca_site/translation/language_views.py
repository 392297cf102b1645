"""The languages of the site: which are set up, how far, and setting one up."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Locale, Page

from ecca_site.core.languages import LANGUAGE_NAMES, html_lang

from . import languages
from .models import LanguageSetup


@dataclass(frozen=True)
class Language:
    code: str
    setup: LanguageSetup | None
    is_live: bool
    done: int
    total: int

    @property
    def name(self):
        return LANGUAGE_NAMES[self.code]

    @property
    def html_lang(self):
        return html_lang(self.code)

    @property
    def is_at_work(self):
        return bool(self.setup and self.setup.pk and self.setup.finished_at is None)


def may_set_up(user):
    """Whoever sets workflows up sets languages up: each brings its own."""
    return user.has_perm("wagtailcore.add_workflow")


@require_safe
def languages_view(request):
    if not may_set_up(request.user):
        raise PermissionDenied
    setups = {locale.language_code: LanguageSetup(locale=locale) for locale in Locale.objects.all()}
    setups |= {setup.locale.language_code: setup for setup in LanguageSetup.objects.select_related("locale")}
    homes = Page.objects.filter(depth=2, live=True, alias_of=None)
    live = set(homes.values_list("locale__language_code", flat=True))
    total = languages.pages_to_prepare().count()
    entries = []
    for code, _name in settings.LANGUAGES:
        if code == settings.LANGUAGE_CODE:
            continue
        setup = setups.get(code)
        done = languages.progress(setup)[0] if setup else 0
        entries.append(Language(code, setup, code in live, done, total))
    context = {"languages": entries, "leaves_work_to_others": languages.leaves_work_to_others()}
    return render(request, "translation/languages.html", context)


@require_POST
def set_up_view(request, language_code):
    """Begin to set a language up, or go on with it."""
    if not may_set_up(request.user):
        raise PermissionDenied
    setup = LanguageSetup.objects.filter(locale__language_code=language_code, finished_at=None).first()
    try:
        setup = setup or languages.begin(language_code, request.user)
    except languages.UnknownLanguage:
        raise Http404 from None
    languages.go_on.enqueue(setup.pk)
    setup.refresh_from_db()
    if setup.finished_at:
        messages.success(request, _("%(language)s is set up.") % {"language": LANGUAGE_NAMES[language_code]})
    return redirect("translation_languages")
