from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as BaseTableBlock

RICH_TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("A heading that divides a long text")
        template = "core/blocks/heading.html"
        preview_value = "Why circular construction"


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists, links and small headings")
        template = "core/blocks/paragraph.html"
        preview_value = "<p>Buildings last longer when their parts can be <b>used again</b>.</p>"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    attribution = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Somebody's words, with their source")
        template = "core/blocks/quote.html"
        preview_value = {
            "text": "What we build today is the quarry of tomorrow.",
            "attribution": "Saying",
        }


class CellsBlock(BaseTableBlock):
    """Wagtail's table. Its cells are translated one by one, see ``translation.localize.tables``."""

    def get_table_options(self, table_options: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the options of the table, in the only language that Wagtail ships words for."""
        return super().get_table_options({"language": "en-US", **(table_options or {})})


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), help_text=_("What the table shows"))
    cells = CellsBlock(label=_("Cells"))

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns with a header row")
        template = "core/blocks/table.html"
        preview_value = {
            "caption": "Stages of a building's life",
            "cells": {
                "data": [["Stage", "Question"], ["Design", "Can it be taken apart?"]],
                "first_row_is_table_header": True,
                "first_col_is_header": True,
                "table_header_choice": "both",
            },
        }


class KeyFigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Figure"), max_length=20)
    label = blocks.CharBlock(label=_("What it counts"))


class KeyFiguresBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    figures = blocks.ListBlock(KeyFigureBlock(), label=_("Figures"), min_num=1)

    class Meta:
        icon = "order"
        label = _("Key figures")
        description = _("A few large numbers with what they count")
        template = "core/blocks/key_figures.html"
        preview_value = {
            "title": "At a glance",
            "figures": [{"value": "24", "label": "partnerships selected"}],
        }


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Question"))
    text = blocks.RichTextBlock(label=_("Answer"), features=RICH_TEXT_FEATURES)


class AccordionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    items = blocks.ListBlock(AccordionItemBlock(), label=_("Questions and answers"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        description = _("Questions whose answers open on a click")
        template = "core/blocks/accordion.html"
        preview_value = {
            "title": "Questions",
            "items": [{"title": "Who may join?", "text": "<p>Clusters.</p>"}],
        }
