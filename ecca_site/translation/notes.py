"""What an editor says of a change to a source page: minor or not, and a line for the translators."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import ChangeNote, TranslationState
from .staleness import is_source_language

MAJOR, MINOR = "major", "minor"
LONGEST = ChangeNote._meta.get_field("note").max_length


class ChangeNoteForm(forms.Form):
    """Stands in the page editor's own form; what is sent there is read by ``note_from``."""

    prefix = "change"
    kind = forms.ChoiceField(
        label=_("Kind of change"),
        choices=[
            (MAJOR, _("Translators have something to do: their translations are out of date from when this is live.")),
            (MINOR, _("Minor, such as a typo: the translations stay right, and nobody is told.")),
        ],
        initial=MAJOR,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note to the translators"),
        required=False,
        max_length=LONGEST,
        help_text=_("One line on what changed and why. It is mailed to them with what to translate."),
    )

    def __init__(self, *args, languages=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.languages = languages


def form_for(page, data=None):
    """Return the form for the editor of a page, None where no translation depends on the page."""
    if page.pk is None or not page.live or not is_source_language(page):
        return None
    languages = TranslationState.objects.filter(source_id=page.pk).count()
    if not languages:
        return None
    if data and f"{ChangeNoteForm.prefix}-kind" in data:
        said = note_from(data)
    else:
        waiting = ChangeNote.objects.filter(revision=page.latest_revision_id).exclude(revision=page.live_revision_id)
        said = waiting.first() or ChangeNote()
    initial = {"kind": MINOR if said.is_minor else MAJOR, "note": said.note}
    return ChangeNoteForm(initial=initial, languages=languages)


def note_from(data):
    """Return the unsaved note that a request of the page editor carries, None where it carries none.

    The editor's view asks nobody else whether to save, so what does not fit is cut, and what is unknown is no typo.
    """
    kind = data.get(f"{ChangeNoteForm.prefix}-kind")
    if kind is None:
        return None
    note = " ".join(data.get(f"{ChangeNoteForm.prefix}-note", "").replace("\x00", "").split())
    return ChangeNote(is_minor=kind == MINOR, note=note[:LONGEST])


def keep(note, revision_id):
    """Keep a note with a version."""
    values = {"is_minor": note.is_minor, "note": note.note}
    ChangeNote.objects.update_or_create(revision_id=revision_id, defaults=values)
