from django import forms
from django.utils.translation import gettext_lazy as _

from ecca_site.core.collation import sort_key
from ecca_site.core.countries import country_choices, language_choices

from .models import LifeCycleStage, PartnerClass

MAX_WORDS_LENGTH = 200  # characters
BY_NAME = ("country", "language")  # whose answers come in the order of the alphabet


class DirectoryForm(forms.Form):
    """The filters of the directory, as they come from the query string."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=MAX_WORDS_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=lambda: [("", _("All countries")), *country_choices()], required=False
    )
    theme = forms.ChoiceField(
        label=_("Theme"), choices=[("", _("All themes")), *LifeCycleStage.choices], required=False
    )
    kind = forms.ChoiceField(label=_("Class"), choices=[("", _("All classes")), *PartnerClass.choices], required=False)
    cooperation = forms.ChoiceField(
        label=_("Cooperation"),
        choices=[("", _("Everything")), ("offers", _("Offers something")), ("seeks", _("Seeks cooperation"))],
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language spoken"), choices=lambda: [("", _("All languages")), *language_choices()], required=False
    )

    def show_counts(self, counts, language_code):
        """Offer the answers that some partner gives, and the one that was chosen, each with how many it would bring."""
        for name, numbers in counts.items():
            (empty, label), *choices = self.fields[name].choices
            chosen = self.data.get(name)
            if name in BY_NAME:
                choices = sorted(
                    (choice for choice in choices if choice[0] in numbers or choice[0] == chosen),
                    key=lambda choice: sort_key(choice[1], language_code),
                )
            self.fields[name].widget.choices = [
                (empty, label), *((code, f"{text} ({numbers[code]})") for code, text in choices)
            ]  # fmt: skip
