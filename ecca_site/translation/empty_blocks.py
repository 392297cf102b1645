"""wagtail-localize 1.14.5 raises a TypeError for an optional text block that a stored stream does not mention.

Such streams come from before the block had that part; publishing the page would fail. What is not there has no text to
translate. Delete this when ``StreamFieldSegmentExtractor.handle_block`` takes None, which a test in
``tests/translation/test_segments.py`` says.
"""

from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

extract = StreamFieldSegmentExtractor.handle_block


def extract_what_is_there(self, block_type, block_value, raw_value=None):
    return [] if block_value is None else extract(self, block_type, block_value, raw_value)


def connect():
    StreamFieldSegmentExtractor.handle_block = extract_what_is_there
