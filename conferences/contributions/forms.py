from pathlib import Path

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from ecca_site.intake.submissions import PublicForm
from ecca_site.uploads.forms import SIGNATURES

KINDS = ("pdf", "docx", "odt", "pptx", "odp")
LARGEST = 10 * 1024 * 1024  # bytes


class ContributionForm(PublicForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    abstract = forms.CharField(
        label=_("Abstract"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What it is about and what people take home, in a few sentences."),
    )
    language = forms.ChoiceField(
        label=_("Language of the contribution"), choices=settings.LANGUAGES
    )
    name = forms.CharField(
        label=_("Speaker"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    role = forms.CharField(label=_("Role"), max_length=160, required=False)
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The answer goes there; it is not published."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        max_length=200,
        help_text=_("PDF, DOCX, ODT, PPTX or ODP of at most 10 MB. Only the organisers see it."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
    )
    consent = forms.BooleanField(
        label=_(
            "I agree that title, abstract and speaker are published if "
            "the contribution is accepted."
        )
    )

    def clean_file(self) -> UploadedFile | None:
        """Refuse a file that is too large, of another kind, or not what its name says."""
        file = self.cleaned_data["file"]
        if not file:
            return None
        extension = Path(file.name).suffix.lower().removeprefix(".")
        if extension not in KINDS:
            raise ValidationError(_("Choose a PDF, DOCX, ODT, PPTX or ODP file."))
        if file.size > LARGEST:
            raise ValidationError(
                _("This file has %(size)s; at most %(most)s are possible."),
                params={"size": filesizeformat(file.size), "most": filesizeformat(LARGEST)},
            )
        head = file.read(512)
        file.seek(0)
        is_kind = any(head.startswith(magic, start) for start, magic in SIGNATURES[extension])
        if not is_kind:
            raise ValidationError(
                _("This file is not a %(extension)s file."), params={"extension": extension.upper()}
            )
        return file

    @property
    def answers(self) -> dict[str, str]:
        """The answers by the fields of ``Contribution``, without the file."""
        others = {"stamp", "fax", "consent", "file"}
        return {name: value for name, value in self.cleaned_data.items() if name not in others}
