from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Topic


class NewsFilterForm(forms.Form):
    """The filter of the news list, as it comes from the query string."""

    topic = forms.ChoiceField(label=_("Topic"), choices=[("", _("All topics")), *Topic.choices], required=False)

    def filter(self, news):
        """Narrow the queryset to the topic; nothing where there is no such topic."""
        return news.on_topic(self.cleaned_data["topic"]) if self.is_valid() else news.none()
