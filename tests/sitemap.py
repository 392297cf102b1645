"""The sitemap as a crawler reads it: the index, then each of its pieces."""

from xml.etree import ElementTree

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def pieces_of(text):
    """Return the addresses of the pieces that an index lists."""
    return [piece.find(f"{SITEMAP}loc").text for piece in ElementTree.fromstring(text)]


def rows_of(read):
    """Return every row of the sitemap; ``read`` returns what is at a path or address."""
    rows = []
    for address in pieces_of(read("/sitemap.xml")):
        rows += ElementTree.fromstring(read(address))
    return rows


def addresses_of(read):
    return [row.find(f"{SITEMAP}loc").text for row in rows_of(read)]
