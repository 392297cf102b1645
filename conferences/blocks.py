from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from ecca_site.core.blocks.links import DocumentLinkBlock

KINDS = [("talk", _("Talk")), ("panel", _("Panel")), ("workshop", _("Workshop")), ("break", _("Break"))]


def session_languages():
    return settings.LANGUAGES


class SessionValue(blocks.StructValue):
    @property
    def kind_label(self):
        return dict(KINDS).get(self["kind"], "")


class SessionBlock(blocks.StructBlock):
    start = blocks.TimeBlock(label=_("Starts"))
    end = blocks.TimeBlock(label=_("Ends"))
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS, default="talk")
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    abstract = blocks.TextBlock(label=_("Abstract"), required=False)
    track = blocks.CharBlock(label=_("Track"), max_length=80, required=False)
    room = blocks.CharBlock(label=_("Room"), max_length=80, required=False)
    language = blocks.ChoiceBlock(label=_("Language"), choices=session_languages, default="en")
    speakers = blocks.ListBlock(SnippetChooserBlock("conferences.Speaker"), label=_("Speakers"), default=[])

    def clean(self, value):
        value = super().clean(value)
        if value["end"] <= value["start"]:
            raise blocks.StructBlockValidationError(
                block_errors={"end": ValidationError(_("A session ends after it starts."))}
            )
        return value

    class Meta:
        icon = "time"
        value_class = SessionValue
        label = _("Session")


class DayBlock(blocks.StructBlock):
    date = blocks.DateBlock(label=_("Date"))
    title = blocks.CharBlock(label=_("Title of the day"), required=False)
    sessions = blocks.ListBlock(SessionBlock(), label=_("Sessions"), collapsed=True)

    class Meta:
        icon = "calendar"
        label = _("Day")
        description = _("One day of the programme with its sessions")
        template = "conferences/blocks/day.html"
        preview_value = {"date": "2017-01-11", "title": "First day", "sessions": []}


class ProgrammeBlock(blocks.StreamBlock):
    day = DayBlock()


class DocumentsBlock(blocks.StreamBlock):
    document = DocumentLinkBlock(
        icon="doc-full",
        template="conferences/blocks/document.html",
        description=_("A file for download: programme, slides, report"),
        preview_value={"title": "Programme", "document": None},
    )
