from django import forms
from django.utils.translation import gettext_lazy as _

from .models import LifeCycleStage, PartnerClass


class DirectoryForm(forms.Form):
    """The filters of the directory, as they come from the query string."""

    theme = forms.ChoiceField(
        label=_("Theme"), choices=[("", _("All themes")), *LifeCycleStage.choices], required=False
    )
    kind = forms.ChoiceField(label=_("Class"), choices=[("", _("All classes")), *PartnerClass.choices], required=False)

    def filter(self, partners):
        """Narrow the queryset to what was asked for; nothing where the question makes no sense."""
        if not self.is_valid():
            return partners.none()
        if theme := self.cleaned_data["theme"]:
            partners = partners.filter(themes__contains=f"|{theme}|")
        if kind := self.cleaned_data["kind"]:
            partners = partners.filter(partner_class=kind)
        return partners
