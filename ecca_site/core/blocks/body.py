"""The blocks that a body may hold."""

from wagtail import blocks

from .links import CallToActionBlock, DocumentsBlock, NewsListBlock, PartnerListBlock
from .media import FigureBlock, GalleryBlock, VideoBlock
from .text import (
    AccordionBlock,
    HeadingBlock,
    KeyFiguresBlock,
    ParagraphBlock,
    QuoteBlock,
    TableBlock,
)


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    image = FigureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    table = TableBlock()
    key_figures = KeyFiguresBlock()
    accordion = AccordionBlock()
    documents = DocumentsBlock()
    call_to_action = CallToActionBlock()
    video = VideoBlock()
    partner_list = PartnerListBlock()
    news_list = NewsListBlock()
