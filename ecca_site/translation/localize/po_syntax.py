"""The syntax of PO files: bytes are read as one, or refused with the lines that are wrong."""

import codecs
import re

import polib
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ecca_site.intake.json_input import NOT_STORABLE

MOST_ERRORS = 20
UTF_8 = "utf-8-sig"
UNDECLARED = "CHARSET"  # in a template that nobody filled in

CHARSET = re.compile(rb"charset=([\w.:-]+)", re.ASCII)
STRING = r'"(?:[^"\\]|\\.)*"'
LINE = re.compile(
    rf"(#.*|(?P<keyword>msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s+{STRING}|{STRING}|)"
)
# Python takes these for ends of lines, gettext does not.
OTHER_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def at_line(line: int, reason: str) -> ValidationError:
    values = {"line": max(line, 1), "reason": reason}
    return ValidationError(_("Line %(line)d: %(reason)s") % values)


def read(content: bytes) -> polib.POFile:
    """Parse the bytes of a PO file.

    Raises:
        ValidationError: it is no text, or no PO file, with the lines that are wrong.
    """
    text = _decode(content)
    keywords = _keywords_in(text)
    if not keywords:
        raise ValidationError(_("This file holds no texts."))
    last_line, last_keyword = keywords[-1]
    if not last_keyword.startswith("msgstr"):
        raise at_line(last_line, _("The file ends in the middle of an entry."))
    try:
        po = polib.pofile(text + "\n")  # with a line end it is never taken for the name of a file
    except OSError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else 1
        raise at_line(line, _("This is not PO syntax.")) from None
    entries = [entry for entry in po if not entry.obsolete]
    msgid_lines = [line for line, keyword in keywords if keyword == "msgid"]
    # From the end, since the first msgid is the header's.
    for entry, line in zip(reversed(entries), reversed(msgid_lines), strict=False):
        entry.linenum = line
    return po


def _keywords_in(text: str) -> list[tuple[int, str]]:
    """Return line number and keyword of each line of a PO file that has one.

    Raises:
        ValidationError: lines are not PO syntax.
    """
    keywords = []
    errors = []
    for number, line in enumerate(text.split("\n"), start=1):
        match = LINE.fullmatch(line.strip())
        if match is None:
            errors.append(at_line(number, _("This is not PO syntax.")))
        elif match["keyword"]:
            keywords.append((number, match["keyword"]))
    if errors:
        raise ValidationError(errors[:MOST_ERRORS])
    return keywords


def _decode(content: bytes) -> str:
    """Return the text of a file, in the encoding that it declares, with ``\\n`` at line ends.

    Raises:
        ValidationError: the encoding is unknown, or the file is no text in it.
    """
    name = _declared_encoding(content)
    try:
        text = content.decode(name)
    except UnicodeDecodeError as error:
        reason = _("This cannot be read as %(name)s.") % {"name": name.removesuffix("-sig")}
        raise at_line(_line_of(content, error.start), reason) from None
    found = NOT_STORABLE.search(text)
    if found:
        line = text[: found.start()].count("\n") + 1
        raise at_line(line, _("This is not a text."))
    return OTHER_LINE_ENDS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _declared_encoding(content: bytes) -> str:
    """Return the encoding that the header names, UTF-8 where it names none.

    Raises:
        ValidationError: it is unknown, or none of texts.
    """
    declared = CHARSET.search(content[:4000])
    if declared is None:
        return UTF_8
    name = declared[1].decode()
    if name == UNDECLARED or name.lower().replace("_", "-") in ("utf-8", "utf8"):
        return UTF_8
    try:
        is_known = codecs.lookup(name)._is_text_encoding
    except LookupError:
        is_known = False
    if not is_known:
        reason = _("The encoding “%(name)s” is unknown. Use UTF-8.") % {"name": name[:40]}
        raise at_line(_line_of(content, declared.start()), reason)
    return name


def _line_of(content: bytes, position: int) -> int:
    return content[:position].count(b"\n") + 1
