"""Binding languages to a page, so that they go live together."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Page

from . import releases
from .requests import locales_for
from .staleness import is_source_language
from .submission import SubmissionRefused

OPTIONAL, REQUIRED = "optional", "required"


class ReleaseForm(forms.Form):
    """How languages are bound to a page: one choice for the whole, and one for each language."""

    waits = forms.TypedChoiceField(
        label=gettext_lazy("When the page is approved"),
        choices=[
            ("1", gettext_lazy("It waits for the required languages; then all that is approved goes live at once.")),
            ("", gettext_lazy("It goes live at once, and each language when it is approved.")),
        ],
        coerce=bool,
        required=False,
        empty_value=False,
        initial="1",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, locales, **kwargs):
        super().__init__(*args, **kwargs)
        self.locales = locales
        for code, locale in locales.items():
            self.fields[code] = forms.ChoiceField(
                label=locale.get_display_name(),
                choices=[
                    ("", gettext_lazy("not bound")),
                    (OPTIONAL, gettext_lazy("with it, if it is ready")),
                    (REQUIRED, gettext_lazy("required")),
                ],
                required=False,
            )

    @property
    def languages(self):
        return [self[code] for code in self.locales]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.chosen:
            raise forms.ValidationError(_("Choose at least one language."))
        return cleaned

    @property
    def chosen(self):
        """The chosen languages, with whether each is required."""
        choices = {locale: self.cleaned_data.get(code) for code, locale in self.locales.items()}
        return {locale: choice == REQUIRED for locale, choice in choices.items() if choice}


def release_view(request, page_id):
    """Show what a page waits for; bind languages, let go of them, or try again what failed."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not is_source_language(page) or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    release = releases.open_release(page.pk)
    locales = locales_for(request.user, page, with_drafts=True)
    form = ReleaseForm(
        request.POST if request.POST.get("action") == "bind" else None, locales=locales, initial=initial_of(release)
    )
    if request.method == "POST" and (done := act(request, page, release, form)):
        messages.success(request, done)
        return redirect("translation_together", page.pk)
    languages = release.languages.select_related("locale").order_by("locale__language_code") if release else []
    context = {"page": page, "release": release, "languages": languages, "form": form}
    return render(request, "translation/together.html", context, status=422 if request.method == "POST" else 200)


def initial_of(release):
    if release is None:
        return {}
    chosen = release.languages.values_list("locale__language_code", "is_required")
    return {"waits": "1" if release.waits else ""} | {
        code: REQUIRED if is_required else OPTIONAL for code, is_required in chosen
    }


def act(request, page, release, form):
    """Do what a button says; return what to say of it, None where the page is shown again with what is wrong."""
    action = request.POST.get("action")
    if action == "unbind" and release:
        releases.unbind(page, request.user)
        return _("The languages are not bound any more.")
    if action == "retry" and release and releases.is_complete(release):
        if releases.publish(release, request.user):
            return _("“%(title)s” is live with its languages.") % {"title": page.get_admin_display_title()}
        return None  # the reason stands at the language
    if action == "bind" and form.is_valid():
        try:
            releases.bind(page, request.user, languages=form.chosen, waits=form.cleaned_data["waits"])
        except SubmissionRefused as refusal:
            form.add_error(None, str(refusal))
            return None
        return _("The languages are bound to the next publication of this page.")
    return None
