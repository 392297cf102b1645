"""The page on which languages are bound to another page, so that they go live together."""

from http import HTTPStatus

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Locale, Page

from ecca_site.i18n.originals import is_original

from ..models import Release
from ..submission.requests import locales_for
from ..submission.submit import SubmissionRefused
from . import release as releases
from .ending import open_release

OPTIONAL = "optional"
REQUIRED = "required"


class ReleaseForm(forms.Form):
    """The form that binds languages: one choice for the whole, and one for each language."""

    waits = forms.TypedChoiceField(
        label=gettext_lazy("When the page is approved"),
        choices=[
            (
                "1",
                gettext_lazy(
                    "It waits for the required languages; then all that is "
                    "approved goes live at once."
                ),
            ),
            ("", gettext_lazy("It goes live at once, and each language when it is approved.")),
        ],
        coerce=bool,
        required=False,
        empty_value=False,
        initial="1",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, locales: dict[str, Locale], **kwargs: object) -> None:
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
    def languages(self) -> list[forms.BoundField]:
        """The fields of the languages."""
        return [self[code] for code in self.locales]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if not self.errors and not self.chosen:
            raise forms.ValidationError(_("Choose at least one language."))
        return cleaned

    @property
    def chosen(self) -> dict[Locale, bool]:
        """The chosen languages, with whether each is required."""
        found = {}
        for code, locale in self.locales.items():
            choice = self.cleaned_data.get(code)
            if choice:
                found[locale] = choice == REQUIRED
        return found


def release_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what a page waits for; bind languages, let go of them, or try again what failed."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not is_original(page) or not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    release = open_release(page.pk)
    locales = locales_for(request.user, page, with_drafts=True)
    form = ReleaseForm(
        request.POST if request.POST.get("action") == "bind" else None,
        locales=locales,
        initial=initial_of(release),
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        done = act(request, page, release, form)
        if done is not None:
            messages.success(request, done)
            return redirect("translation_together", page.pk)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    languages = []
    if release is not None:
        bound = release.languages.select_related("locale")
        languages = bound.order_by("locale__language_code")
    context = {"page": page, "release": release, "languages": languages, "form": form}
    return render(request, "translation/together.html", context, status=status)


def initial_of(release: Release | None) -> dict[str, str]:
    """Return what the form shows of a release."""
    if release is None:
        return {}
    initial = {"waits": "1" if release.waits else ""}
    for code, is_required in release.languages.values_list("locale__language_code", "is_required"):
        initial[code] = REQUIRED if is_required else OPTIONAL
    return initial


def act(request: HttpRequest, page: Page, release: Release | None, form: ReleaseForm) -> str | None:
    """Do what a button says.

    Return what to say of it, None where the page is shown again with what is wrong.
    """
    action = request.POST.get("action")
    if action == "unbind" and release:
        releases.unbind(page, request.user)
        return _("The languages are not bound any more.")
    if action == "retry" and release and releases.is_complete(release):
        if not releases.publish(release, request.user):
            if release.revision_id is None:
                text = _(
                    "What “%(title)s” shows has changed since its approval. "
                    "It waits for a decision again."
                )
                messages.error(request, text % {"title": page.get_admin_display_title()})
            return None  # of a language the reason stands there
        text = _("“%(title)s” is live with its languages.")
        return text % {"title": page.get_admin_display_title()}
    if action == "bind" and form.is_valid():
        try:
            releases.bind(
                page, request.user, languages=form.chosen, waits=form.cleaned_data["waits"]
            )
        except SubmissionRefused as refusal:
            form.add_error(None, str(refusal))
            return None
        return _("The languages are bound to the next publication of this page.")
    return None
