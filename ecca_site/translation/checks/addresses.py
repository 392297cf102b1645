"""Check 3: what a reader can write to, call or open is the same in every language."""

import re
from collections import Counter
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from .alarms import Alarm
from .view import view_of

CHECK = "addresses"
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"“”„»«]+", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w+])(?:\+|00)\d[\d\s()/.\u00a0\u202f-]{6,}\d")
HREF = re.compile(r"\shref=[\"']([^\"']*)[\"']", re.IGNORECASE)
END = ".,;:!?)…"
NATIONAL = re.compile(r"\.(?:[a-z]{2}|eu|com|org|net)$")


def addresses(source: str, target: str, language: str, source_language: str) -> list[Alarm]:
    """Refuse a mail address, phone number or address of the web that is lost or another one.

    Pages of this site lead to those of the reader's language, and a site abroad may have one for
    each country: paths, and the domain of a country, may differ.
    """
    wanted = Counter(_found_in(source))
    given = Counter(_found_in(target))
    lost = list((wanted - given).elements())
    if not lost:
        return []
    others = list((given - wanted).elements())
    start, end = view_of(target).whole()
    if others:
        message = _("The original has %(lost)s, here stands %(others)s.") % {
            "lost": ", ".join(lost),
            "others": ", ".join(others),
        }
    else:
        message = _("%(lost)s of the original is missing.") % {"lost": ", ".join(lost)}
    return [Alarm(CHECK, start, end, message, refuses=True)]


def without_addresses(plain: str) -> str:
    """Return a text in which addresses are blanks, so that their digits are no numbers."""
    for pattern in (WEB, MAIL, PHONE):
        plain = pattern.sub(lambda match: " " * len(match[0]), plain)
    return plain


def _found_in(text: str) -> list[str]:
    plain = view_of(text).plain
    found = [mail.lower().rstrip(END) for mail in MAIL.findall(plain)]
    plain = MAIL.sub(" ", plain)
    for web in WEB.findall(plain):
        found.append(_site(web.rstrip(END)))
    plain = WEB.sub(" ", plain)
    for phone in PHONE.findall(plain):
        found.append("+" + re.sub(r"\D", "", phone).removeprefix("00"))
    for href in HREF.findall(text):
        if href.startswith("mailto:"):
            found.append(href.lower())
        elif href.startswith(("http://", "https://")):
            found.append(f"→ {_site(href)}")
    return found


def _site(address: str) -> str:
    """Return the name of a site without the domain of its country."""
    if "//" not in address:
        address = f"https://{address}"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return address
    return NATIONAL.sub("", host.removeprefix("www."))
