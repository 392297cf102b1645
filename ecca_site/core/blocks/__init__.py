from .body import BodyBlock
from .text import ParagraphBlock

__all__ = ["BodyBlock", "ParagraphBlock"]
