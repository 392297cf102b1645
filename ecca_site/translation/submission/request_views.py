"""Asking for translations, of one page into several languages or of many pages at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Locale, Page

from ecca_site.i18n.originals import original_of

from ..localize.records import TranslationSource
from ..models import TranslationState
from .requests import locales_for, request_as, request_many

MOST = 2000  # pages and languages of one request


@dataclass(frozen=True)
class LanguageRow:
    """The translation of a page in a language, and its state."""

    locale: Locale
    page: Page | None
    state: TranslationState | None

    @property
    def is_missing(self) -> bool:
        return self.page is None or self.page.alias_of_id is not None


class RequestForm(forms.Form):
    locales = forms.ModelMultipleChoiceField(
        queryset=Locale.objects.none(),
        label=gettext_lazy("Languages"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )

    def __init__(self, *args: Any, locales: Iterable[Locale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pks = [locale.pk for locale in locales]
        self.fields["locales"].queryset = Locale.objects.filter(pk__in=pks)


def language_rows(page: Page) -> list[LanguageRow]:
    """Return a row for each language besides the one of the page."""
    translations = page.get_translations().select_related("translation_state")
    by_locale = {translation.locale_id: translation for translation in translations}
    rows = []
    for locale in Locale.objects.exclude(pk=page.locale_id):
        translation = by_locale.get(locale.pk)
        state = getattr(translation, "translation_state", None)
        rows.append(LanguageRow(locale, translation, state))
    return rows


def request_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what each language has of a page, and ask for those that it lacks."""
    page = get_object_or_404(Page, pk=page_id).specific
    page = original_of(page) or page
    allowed = locales_for(request.user, page)
    if not allowed:
        raise PermissionDenied
    rows = language_rows(page)
    missing = []
    for row in rows:
        if row.is_missing and row.locale.language_code in allowed:
            missing.append(row.locale)
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
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "translation/request.html", context, status=status)


@require_POST
def request_many_view(request: HttpRequest) -> HttpResponse:
    """Ask for languages (``locale``, by code) of pages (``page``, by number).

    The language that a page was written in is passed over. It leads back to where the button was. A
    pair that the user may not ask for refuses the whole request. The drafts are made by the queue.
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
    for page in pages:
        others = wanted - {page.locale.language_code}
        if others - locales_for(request.user, page).keys():
            raise PermissionDenied
    found_ids = [page.pk for page in pages]
    locale_ids = [locale.pk for locale in locales]
    request_many.enqueue(found_ids, locale_ids, request.user.pk)
    said = ngettext(
        "%(number)s page is being prepared.", "%(number)s pages are being prepared.", len(pages)
    )
    messages.success(request, said % {"number": len(pages)})
    return redirect(back)


def instead_of_sync(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """Lead from wagtail-localize's button to synchronise to the languages of the page."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    page = Page.objects.filter(translation_key=source.object_id, locale_id=source.locale_id).first()
    if page is None:
        return instead_of_snippet(request)
    return redirect("translation_request", page.pk)


def instead_of_snippet(request: HttpRequest, **names: str) -> HttpResponse:
    """Say that nobody asks for a snippet by itself, whatever wagtail-localize's button says.

    It is translated as a companion of pages (see ``companions``).
    """
    messages.info(
        request,
        _("This is translated together with the pages that show it: ask for their translation."),
    )
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
