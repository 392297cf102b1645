import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_QUERY_LENGTH = 200  # characters

CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class SearchForm(forms.Form):
    """The form for the words a visitor looks for; without words the page only offers to search."""

    q = forms.CharField(
        label=_("Search for"),
        required=False,
        max_length=MAX_QUERY_LENGTH,
        error_messages={"max_length": _("Please search for at most %(limit_value)d characters.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        query = " ".join(self.cleaned_data["q"].split())
        if CONTROL_CHARACTERS.search(query):
            raise ValidationError(
                _("Please search for letters and digits only."), code="control_characters"
            )
        return unicodedata.normalize("NFC", query)
