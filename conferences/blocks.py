from datetime import date, time

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup
from wagtail.snippets.blocks import SnippetChooserBlock as BaseSnippetChooserBlock

from ecca_site.core.blocks.links import DocumentLinkBlock
from ecca_site.core.choices import DocumentChooserBlock, LoadedAtOnce

KINDS = [
    ("talk", _("Talk")),
    ("panel", _("Panel")),
    ("workshop", _("Workshop")),
    ("break", pgettext_lazy("in a programme", "Break")),
]


def session_languages() -> list[tuple[str, str]]:
    return settings.LANGUAGES


class SnippetChooserBlock(LoadedAtOnce, BaseSnippetChooserBlock):
    pass


class KeyBlock(blocks.CharBlock):
    """A short name by which a session says where it belongs; it is the same in every language.

    ``of`` names the list of the page that holds the keys, which the editor offers (see
    ``programme_editor.js``).
    """

    def __init__(self, of: str | None = None, **kwargs: object) -> None:
        super().__init__(max_length=24, **kwargs)
        if of:
            self.field.widget.attrs["list"] = f"programme-{of}"

    def get_translatable_segments(self, value: str) -> list[object]:
        return []


class NameBlock(blocks.StructBlock):
    key = KeyBlock(label=_("Key"), help_text=_("A short name for the sessions, such as A or 1.05"))
    name = blocks.CharBlock(label=_("Name"), max_length=80)

    class Meta:
        template = "conferences/blocks/name.html"
        label_format = "{key}: {name}"
        form_classname = "struct-block programme-row"


class TracksBlock(blocks.StreamBlock):
    track = NameBlock(
        label=_("Track"),
        icon="tag",
        description=_("A thread of sessions through the programme"),
        preview_value={"key": "A", "name": "Materials"},
    )


class RoomsBlock(blocks.StreamBlock):
    room = NameBlock(
        label=_("Room"),
        icon="home",
        description=_("Where sessions are held"),
        preview_value={"key": "1", "name": "Main hall"},
    )


class SessionBlock(blocks.StructBlock):
    start = blocks.TimeBlock(label=_("Starts"))
    end = blocks.TimeBlock(label=_("Ends"))
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS, default="talk")
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    # A default for what older sessions lack: wagtail-localize breaks on a text that is None.
    abstract = blocks.TextBlock(label=_("Abstract"), required=False, default="")
    track = KeyBlock(of="tracks", label=_("Track"), required=False, default="")
    room = KeyBlock(of="rooms", label=_("Room"), required=False, default="")
    language = blocks.ChoiceBlock(label=_("Language"), choices=session_languages, default="en")
    interpretation = blocks.MultipleChoiceBlock(
        label=_("Interpretation into"), choices=session_languages, required=False
    )
    speakers = blocks.ListBlock(
        SnippetChooserBlock("conferences.Speaker"), label=_("Speakers"), default=[]
    )
    slides = DocumentChooserBlock(label=_("Slides"), required=False)
    recording = blocks.URLBlock(label=_("Address of the recording"), required=False, default="")
    is_cancelled = blocks.BooleanBlock(label=_("This session is cancelled"), required=False)

    class Meta:
        icon = "time"
        label = _("Session")
        label_format = "{start} {room} · {title}"
        collapsed = True
        form_classname = "struct-block programme-row"
        form_layout = BlockGroup(
            ["start", "end", "kind", "room", "track", "language", "title", "speakers"],
            settings=["abstract", "interpretation", "slides", "recording", "is_cancelled"],
        )


class DayBlock(blocks.StructBlock):
    date = blocks.DateBlock(label=_("Date"))
    title = blocks.CharBlock(label=_("Title of the day"), required=False, default="")
    sessions = blocks.ListBlock(SessionBlock(), label=_("Sessions"), collapsed=True)

    class Meta:
        icon = "calendar"
        label = _("Day")
        label_format = "{date} {title}"
        description = _("One day of the programme with its sessions")
        template = "conferences/blocks/day.html"
        preview_value = {
            "date": date(2017, 1, 11),
            "title": "First day",
            "sessions": [
                {
                    "start": time(9, 30),
                    "end": time(10),
                    "kind": "talk",
                    "title": "Welcome",
                    "room": "Main hall",
                },
                {"start": time(10), "end": time(10, 30), "kind": "break", "title": "Coffee"},
            ],
        }


class ProgrammeBlock(blocks.StreamBlock):
    day = DayBlock()

    # ``programme.py`` puts the programme together from the source's structure and the page's texts.
    is_read_with_page = False


class DocumentsBlock(blocks.StreamBlock):
    document = DocumentLinkBlock(
        icon="doc-full",
        template="conferences/blocks/document.html",
        description=_("A file for download: programme, slides, report"),
        preview_value={"title": "Programme", "document": None},
    )
