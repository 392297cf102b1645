"""Notes on a change to a source page: minor or not, and a line for the translators."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ecca_site.delivery.memory import hand_on, handed_on
from ecca_site.i18n.originals import is_original

from ..models import ChangeNote, TranslationState

MAJOR = "major"
MINOR = "minor"
LONGEST = ChangeNote._meta.get_field("note").max_length


class ChangeNoteForm(forms.Form):
    """Part of the page editor's own form; what is sent there is read by ``note_from``."""

    prefix = "change"
    kind = forms.ChoiceField(
        label=_("Kind of change"),
        choices=[
            (
                MAJOR,
                _(
                    "Translators have something to do: their translations are out "
                    "of date from when this is live."
                ),
            ),
            (MINOR, _("Minor, such as a typo: the translations stay right, and nobody is told.")),
        ],
        initial=MAJOR,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note to the translators"),
        required=False,
        max_length=LONGEST,
        help_text=_(
            "One line on what changed and why. It is mailed to them with what to translate."
        ),
    )

    def __init__(self, *args: Any, languages: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages


def form_for(page: Page, data: Mapping[str, str] | None = None) -> ChangeNoteForm | None:
    """Return the form for the editor of a page, None where no translation depends on it."""
    if page.pk is None or not page.live or not is_original(page):
        return None
    languages = TranslationState.objects.filter(source_id=page.pk).count()
    if not languages:
        return None
    note = note_from(data) if data else None
    if note is None:
        note = _note_on_draft(page)
    initial = {"kind": MINOR if note.is_minor else MAJOR, "note": note.note}
    return ChangeNoteForm(initial=initial, languages=languages)


def _note_on_draft(page: Page) -> ChangeNote:
    """Return the note on the latest version of a page if that is not live, else an empty one."""
    notes = ChangeNote.objects.filter(revision=page.latest_revision_id)
    return notes.exclude(revision=page.live_revision_id).first() or ChangeNote()


def note_from(data: Mapping[str, str]) -> ChangeNote | None:
    """Return the unsaved note that a request of the page editor carries, None without one.

    The editor's view asks nobody else whether to save, so a note that is too long is cut, and a
    kind that is unknown is no typo.
    """
    kind = data.get(f"{ChangeNoteForm.prefix}-kind")
    if kind is None:
        return None
    note = " ".join(data.get(f"{ChangeNoteForm.prefix}-note", "").replace("\x00", "").split())
    return ChangeNote(is_minor=kind == MINOR, note=note[:LONGEST])


def hand_on_note(page: Page, note: ChangeNote | None) -> None:
    """Hand a note on to the version of a page that this request saves."""
    hand_on((ChangeNote, page.pk), note)


def note_for_version(page: Page) -> ChangeNote | None:
    """Return the note that was handed on to a version of a page, if any."""
    return cast("ChangeNote | None", handed_on((ChangeNote, page.pk)))


def keep(note: ChangeNote, revision_id: int) -> None:
    """Keep a note with a version."""
    values = {"is_minor": note.is_minor, "note": note.note}
    if not ChangeNote.objects.filter(revision_id=revision_id).update(**values):
        ChangeNote.objects.create(revision_id=revision_id, **values)
