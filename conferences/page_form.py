"""The editor's form of a conference: its times are those of the conference's zone, and its programme must add up."""

from zoneinfo import ZoneInfo

from django.forms import DateTimeField, Media
from django.utils import timezone

from ecca_site.core.forms import PageForm

from .checks import as_block_errors, find_problems

SCHEDULE = ("go_live_at", "expire_at")


class ConferencePageForm(PageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            moment = self.initial.get(name)
            if isinstance(field, DateTimeField) and name not in SCHEDULE and moment:
                self.initial[name] = moment.astimezone(self.instance.zone).replace(tzinfo=None)

    @property
    def media(self):
        return super().media + Media(
            js=["conferences/programme_editor.js"], css={"all": ["conferences/programme_editor.css"]}
        )

    def _clean_fields(self):
        # Times are read in the zone that is chosen in the same form, not in that of whoever edits.
        names = {name for name, _label in self.fields["timezone"].choices} if "timezone" in self.fields else set()
        chosen = self.data.get(self.add_prefix("timezone"))
        with timezone.override(ZoneInfo(chosen) if chosen in names else self.instance.zone):
            super()._clean_fields()
        for name in SCHEDULE:  # when the page goes live is a time of the editor's
            if self.cleaned_data.get(name):
                here = timezone.get_current_timezone()
                self.cleaned_data[name] = self.cleaned_data[name].replace(tzinfo=here)

    def clean(self):
        cleaned = super().clean()
        days = cleaned.get("programme")
        if days and "timezone" in cleaned:
            problems = find_problems(
                [day.value for day in days],
                ZoneInfo(cleaned["timezone"]),
                start_at=cleaned.get("start_at"),
                end_at=cleaned.get("end_at"),
                tracks=[row.value["key"] for row in cleaned.get("tracks") or ()],
                rooms=[row.value["key"] for row in cleaned.get("rooms") or ()],
            )
            if problems:
                self.add_error("programme", as_block_errors(problems))
        return cleaned
