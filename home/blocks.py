from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ecca_site.core.blocks import BodyBlock
from ecca_site.core.blocks.text import RICH_TEXT_FEATURES
from ecca_site.core.choices import ImageBlock, PageChooserBlock


class SectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)
    image = ImageBlock(label=_("Picture"), required=False)

    class Meta:
        icon = "doc-empty"
        label = _("Section")
        description = _("A titled text, with a picture beside it where there is one")
        template = "home/blocks/section.html"
        preview_value = {
            "title": "Main objective",
            "text": "<p>An alliance of clusters.</p>",
            "image": None,
        }


class ConferenceAnnouncementBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.TextBlock(label=_("Text"), required=False)
    conference = PageChooserBlock("conferences.ConferencePage", label=_("Conference"))
    label = blocks.CharBlock(label=_("Label of the button"), max_length=60)

    class Meta:
        icon = "date"
        label = _("Announcement of a conference")
        description = _("A conference with its date, place and a button")
        template = "home/blocks/conference.html"
        preview_value = {
            "title": "Our next conference",
            "text": "",
            "conference": None,
            "label": "Join",
        }


class LifeCycleBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "rotate"
        label = _("Life cycle of a building")
        description = _("The eight stages as a ring, with a text")
        template = "home/blocks/life_cycle.html"
        preview_value = {"title": "Circular economy", "text": "<p>Eight stages, one circle.</p>"}


class HomeBodyBlock(BodyBlock):
    section = SectionBlock()
    conference = ConferenceAnnouncementBlock()
    life_cycle = LifeCycleBlock()
