from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from .models.page import NewsPage, Topic


class NewsFilterForm(forms.Form):
    """The filter of the news list, as it comes from the query string."""

    topic = forms.ChoiceField(
        label=_("Topic"), choices=[("", _("All topics")), *Topic.choices], required=False
    )

    def news_for(self, language_code: str) -> Sequence[NewsPage]:
        """Return the news on the topic that was asked for; none where there is no such topic."""
        if not self.is_valid():
            return []
        return NewsPage.objects.shown_in(language_code, self.cleaned_data["topic"])
