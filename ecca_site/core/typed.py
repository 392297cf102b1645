"""Texts that people type and paste, made fit for the formats of files."""

import re

# One of them is the line break of a slide, which the clipboard brings into a title.
REFUSED_BY_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def without_control_characters(text: str) -> str:
    """Return a text with a space for each character that XML and spreadsheets refuse."""
    return REFUSED_BY_XML.sub(" ", text)
