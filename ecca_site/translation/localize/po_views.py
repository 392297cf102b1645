from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from anyascii import anyascii
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation, get_edit_url

from ecca_site.users.models import User

from . import po
from .access import translation_for
from .po_syntax import MOST_ERRORS


@require_safe
def download(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Answer with the texts of a translation as a PO file."""
    translation = translation_for(request.user, translation_id)
    title = slugify(anyascii(translation.source.object_repr)) or "translation"
    response = HttpResponse(
        f"{po.export(translation)}\n", content_type="text/x-gettext-translation; charset=utf-8"
    )
    response["Content-Disposition"] = (
        f'attachment; filename="{title}-{translation.target_locale.language_code}.po"'
    )
    return response


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("PO file"),
        help_text=gettext_lazy(
            "The file that was downloaded here, with your texts. Fuzzy entries are left out."
        ),
        widget=forms.FileInput(attrs={"accept": ".po,text/x-gettext-translation"}),
    )

    def __init__(self, translation: Translation, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.translation = translation
        self.user = user

    def clean_file(self) -> UploadedFile:
        """Check the file, and keep what it would change as ``result``."""
        file = self.cleaned_data["file"]
        if file.size > po.MAX_SIZE:
            raise forms.ValidationError(
                _("This file is too large: at most %(size)d MB.") % {"size": po.MAX_SIZE >> 20}
            )
        self.result = po.check(file.read(), self.translation, self.user)
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Take a PO file into the texts of a translation: all of it, or nothing and the reasons."""
    translation = translation_for(request.user, translation_id)
    edit_url = get_edit_url(translation.get_target_instance())
    form = UploadForm(translation, request.user, request.POST or None, request.FILES or None)
    if request.method == "POST":
        form.is_bound = True
        if form.is_valid():
            po.apply(form.result, translation, request.user)
            messages.success(request, " ".join(summary(form.result)))
            if form.result.asked:
                messages.warning(request, _questions(form.result.asked))
            return redirect(get_valid_next_url_from_request(request) or edit_url)
    context = {
        "form": form,
        "translation": translation,
        "edit_url": edit_url,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "translation_texts/po_upload.html", context, status=status)


def _questions(asked: list[str]) -> SafeString:
    """Say what the checks ask of the texts of a file, which the editor shows beside them."""
    sentence = ngettext(
        "%(count)d question about these texts; it stands beside its text below.",
        "%(count)d questions about these texts; they stand beside the texts below.",
        len(asked),
    )
    rows = format_html_join("", "<li>{}</li>", [(line,) for line in asked[:MOST_ERRORS]])
    return format_html("{}<ul>{}</ul>", sentence % {"count": len(asked)}, rows)


LEFT_OUT = {
    "fuzzy": ngettext_lazy(
        "%(count)d fuzzy text was left out.", "%(count)d fuzzy texts were left out.", "count"
    ),
    "untranslated": ngettext_lazy(
        "%(count)d text is not translated yet.", "%(count)d texts are not translated yet.", "count"
    ),
    "outdated": ngettext_lazy(
        "%(count)d text is no longer on the page and was left out.",
        "%(count)d texts are no longer on the page and were left out.",
        "count",
    ),
}


def summary(result: po.Import) -> Iterator[str]:
    """Say in sentences what a file changed and what of it was left out."""
    saved = len(result.changes)
    if saved:
        sentence = ngettext("%(count)d text was saved.", "%(count)d texts were saved.", saved)
        yield sentence % {"count": saved}
    else:
        yield _("The file holds nothing new.")
    for name, sentence in LEFT_OUT.items():
        if count := getattr(result, name):
            yield sentence % {"count": count}
