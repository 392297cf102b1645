"""Asking for translations, of one page into several languages or of many pages at once."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from .models import TranslationState
from .requests import locales_for, request_as, request_many
from .staleness import source_of

MOST = 2000  # pages and languages of one request


@dataclass(frozen=True)
class LanguageRow:
    """What a language has of a page."""

    locale: Locale
    page: Page | None
    state: TranslationState | None

    @property
    def is_missing(self):
        return self.page is None or self.page.alias_of_id is not None


class RequestForm(forms.Form):
    locales = forms.ModelMultipleChoiceField(
        queryset=Locale.objects.none(),
        label=gettext_lazy("Languages"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )

    def __init__(self, *args, locales, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["locales"].queryset = Locale.objects.filter(pk__in=[locale.pk for locale in locales])


def language_rows(page):
    pages = {found.locale_id: found for found in page.get_translations().select_related("translation_state")}
    rows = []
    for locale in Locale.objects.exclude(pk=page.locale_id):
        found = pages.get(locale.pk)
        rows.append(LanguageRow(locale, found, getattr(found, "translation_state", None)))
    return rows


def request_view(request, page_id):
    """Show what each language has of a page, and ask for those that it lacks."""
    page = get_object_or_404(Page, pk=page_id).specific
    page = source_of(page) or page
    allowed = locales_for(request.user, page)
    if not allowed:
        raise PermissionDenied
    rows = language_rows(page)
    missing = [row.locale for row in rows if row.is_missing and row.locale.language_code in allowed]
    form = RequestForm(request.POST if request.method == "POST" else None, locales=missing)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["locales"])
        translations = [request_as(request.user, page, locale) for locale in chosen]
        said = ngettext("%(number)s draft was made.", "%(number)s drafts were made.", len(chosen))
        messages.success(request, said % {"number": len(chosen)})
        if len(translations) == 1:
            return redirect("wagtailadmin_pages:edit", translations[0].get_target_instance().pk)
        return redirect("translation_request", page.pk)
    context = {"page": page, "rows": rows, "form": form, "has_missing": bool(missing)}
    return render(request, "translation/request.html", context, status=422 if form.errors else 200)


@require_POST
def request_many_view(request):
    """Ask for languages (``locale``, by code) of pages (``page``, by number); back to where the button was.

    A pair that the user may not ask for refuses the whole request. The drafts are made by the queue.
    """
    try:
        page_ids = {int(value) for value in request.POST.getlist("page")}
    except ValueError:
        raise Http404 from None
    locales = list(Locale.objects.filter(language_code__in=request.POST.getlist("locale")))
    back = get_valid_next_url_from_request(request) or reverse("wagtailadmin_home")
    pages = list(Page.objects.filter(pk__in=page_ids).select_related("locale"))
    if not pages or not locales or len(pages) * len(locales) > MOST:
        messages.error(request, _("Choose pages and languages, not too many at once."))
        return redirect(back)
    wanted = {locale.language_code for locale in locales}
    if any(wanted - locales_for(request.user, page).keys() for page in pages):
        raise PermissionDenied
    request_many.enqueue([page.pk for page in pages], [locale.pk for locale in locales], request.user.pk)
    said = ngettext("%(number)s page is being prepared.", "%(number)s pages are being prepared.", len(pages))
    messages.success(request, said % {"number": len(pages)})
    return redirect(back)


def instead_of_sync(request, translation_source_id):
    """localize's button to synchronise leads to what each language has of the page."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    page = Page.objects.filter(translation_key=source.object_id, locale_id=source.locale_id).first()
    return redirect("translation_request", page.pk) if page else instead_of_snippet(request)


def instead_of_snippet(request, **names):
    """What is no page is not asked for by itself (see ``companions``), whatever localize's button says."""
    messages.info(request, _("This is translated together with the pages that show it: ask for their translation."))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
