"""Optional text blocks that a stored stream lacks, which stop wagtail-localize 1.14.5.

It raises a TypeError for them, and publishing the page would fail. Such streams come from before
the block had that part; a part that is not there has no text to translate. Delete this when
``StreamFieldSegmentExtractor.handle_block`` takes None, which a test in
``tests/translation/test_segments.py`` says.
"""

from typing import Any

from wagtail.blocks import Block
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.types import BaseValue

extract = StreamFieldSegmentExtractor.handle_block


def extract_what_is_there(
    extractor: StreamFieldSegmentExtractor,
    block_type: Block,
    block_value: Any,
    raw_value: Any = None,
) -> list[BaseValue]:
    if block_value is None:
        return []
    return extract(extractor, block_type, block_value, raw_value)


def connect() -> None:
    StreamFieldSegmentExtractor.handle_block = extract_what_is_there
