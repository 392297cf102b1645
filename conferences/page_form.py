"""The editor's form of a conference.

Its times are those of the conference's zone, and its programme must add up.
"""

from zoneinfo import ZoneInfo

from django.forms import DateTimeField, Media
from django.utils import timezone

from ecca_site.core.forms import PageForm

from .checks import as_block_errors, find_problems

SCHEDULE = ("go_live_at", "expire_at")


class ConferencePageForm(PageForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            moment = self.initial.get(name)
            if isinstance(field, DateTimeField) and name not in SCHEDULE and moment:
                self.initial[name] = moment.astimezone(self.instance.zone).replace(tzinfo=None)

    @property
    def media(self) -> Media:
        return super().media + Media(
            js=["conferences/programme_editor.js"],
            css={"all": ["conferences/programme_editor.css"]},
        )

    def _clean_fields(self) -> None:
        # Times are read in the zone that is chosen in the same form, not in the editor's own.
        with timezone.override(self._chosen_zone()):
            super()._clean_fields()
        here = timezone.get_current_timezone()
        for name in SCHEDULE:  # these moments are in the editor's own zone
            if self.cleaned_data.get(name):
                self.cleaned_data[name] = self.cleaned_data[name].replace(tzinfo=here)

    def _chosen_zone(self) -> ZoneInfo:
        """Return the zone that was chosen, that of the page where it is none."""
        field = self.fields.get("timezone")
        chosen = self.data.get(self.add_prefix("timezone"))
        if field is None or field.disabled or chosen not in dict(field.choices):
            return self.instance.zone
        return ZoneInfo(chosen)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        days = cleaned.get("programme")
        if days and "timezone" in cleaned and not self.is_deferred_validation:
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
