from collections import Counter
from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from ecca_site.i18n.collation import sort_key
from ecca_site.i18n.countries import country_choices, language_choices

from .models.terms import LifeCycleStage, PartnerClass

MAX_WORDS_LENGTH = 200  # characters
BY_NAME = ("country", "language")  # the questions whose answers are in alphabetical order


class DirectoryForm(forms.Form):
    """The filters of the directory, as they come from the query string."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=MAX_WORDS_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: [("", _("All countries")), *country_choices()],
        required=False,
    )
    theme = forms.ChoiceField(
        label=_("Theme"), choices=[("", _("All themes")), *LifeCycleStage.choices], required=False
    )
    kind = forms.ChoiceField(
        label=_("Class"), choices=[("", _("All classes")), *PartnerClass.choices], required=False
    )
    cooperation = forms.ChoiceField(
        label=_("Cooperation"),
        choices=[
            ("", _("Everything")),
            ("offers", _("Offers something")),
            ("seeks", _("Seeks cooperation")),
        ],
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language spoken"),
        choices=lambda: [("", _("All languages")), *language_choices()],
        required=False,
    )

    def show_counts(self, counts: Mapping[str, Counter[str]], language_code: str) -> None:
        """Show beside each answer how many partners it would bring.

        Of countries and languages only those are offered that some partner gives, or that were
        chosen.
        """
        for name, numbers in counts.items():
            nothing, *choices = self.fields[name].choices
            if name in BY_NAME:
                offered = {*numbers, self.data.get(name)}
                choices = [choice for choice in choices if choice[0] in offered]
                choices.sort(key=lambda choice: sort_key(choice[1], language_code))
            counted = [(code, f"{text} ({numbers[code]})") for code, text in choices]
            self.fields[name].widget.choices = [nothing, *counted]
