from django import forms
from django.utils.translation import gettext_lazy as _

from .models.page import NewsPageQuerySet, Topic


class NewsFilterForm(forms.Form):
    """The filter of the news list, as it comes from the query string."""

    topic = forms.ChoiceField(
        label=_("Topic"), choices=[("", _("All topics")), *Topic.choices], required=False
    )

    def filter(self, news: NewsPageQuerySet) -> NewsPageQuerySet:
        """Return the news on the topic that was asked for; none where there is no such topic."""
        if not self.is_valid():
            return news.none()
        return news.on_topic(self.cleaned_data["topic"])
