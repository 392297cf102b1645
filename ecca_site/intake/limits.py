"""Limits for what anybody may send, by the visitor's network and mailbox.

The numbers are in the settings, the counts in the cache. Without the cache nothing is counted and
every form works: a lost limit harms less than a lost form.
"""

import hashlib
import ipaddress
import logging

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

HOUR = 3600  # seconds
DAY = 24 * HOUR
# A site has a /48 of IPv6 as it has one address of IPv4, and may change to any address in it.
SITE_PREFIX = 48
# Mobile networks and large offices give one person several neighbouring addresses of IPv4.
NETWORK_PREFIX = 24
GOOGLE = ("gmail.com", "googlemail.com")  # two names of the same mailboxes

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def address_of(request: HttpRequest) -> str | None:
    """Return the address that sign-ins are counted by, or None where nobody knows it.

    Of IPv6 it is the first address of the visitor's site. Where the proxy does not name the visitor
    it is the proxy's own address: guessing stays limited, at the price that it is limited for all
    visitors together.
    """
    address = _named_address(request) or _parse(request.META.get("REMOTE_ADDR", ""))
    if address is None:
        return None
    if address.version == 6:
        return str(ipaddress.ip_network((address, SITE_PREFIX), strict=False).network_address)
    return str(address)


def network_of(request: HttpRequest) -> str:
    """Return the network that forms are counted by, or "" where nobody knows it.

    Where the proxy does not name the visitor all visitors have the proxy's address, and they are
    not one network.
    """
    address = _named_address(request)
    if address is None:
        address = _parse(request.META.get("REMOTE_ADDR", ""))
        is_proxy = address is None or address.is_loopback
        if is_proxy and settings.CLIENT_ADDRESS_HEADER != "REMOTE_ADDR":
            logger.error(
                "No visitor's address in %s: forms are not counted.", settings.CLIENT_ADDRESS_HEADER
            )
            return ""
    if address is None:
        return ""
    prefix = NETWORK_PREFIX if address.version == 4 else SITE_PREFIX
    return str(ipaddress.ip_network((address, prefix), strict=False))


def refusal(request: HttpRequest, what: str, mailbox: str = "") -> str:
    """Count one more form of a kind; return in words why it is too many, or "" where it is not.

    The kinds are the keys of ``settings.FORM_LIMITS``.
    """
    most = settings.FORM_LIMITS[what]
    network = network_of(request) if most.get("network") else ""
    if network and not is_within(most["network"], HOUR, what, network):
        return _(
            "Too many forms came from your network within an hour. What you typed is still here. "
            "Send it again in an hour."
        )
    mailbox = plain_mailbox(mailbox)
    if mailbox and most.get("mailbox") and not is_within(most["mailbox"], DAY, what, mailbox):
        return _(
            "Too many forms came with this e-mail address within a day. What you typed is still "
            "here. Send it again tomorrow."
        )
    domain = mailbox.rpartition("@")[2]
    if domain and most.get("domain") and not is_within(most["domain"], DAY, f"{what} of", domain):
        return _(
            "Too many forms came with e-mail addresses of %(domain)s within a day. What you typed "
            "is still here. Send it again tomorrow."
        ) % {"domain": domain}
    return ""


def plain_mailbox(address: str) -> str:
    """Return the one way to write a mailbox that mail servers know by many names.

    What follows a plus sign is the reader's own, and Google's servers read no dots.
    """
    name, at, domain = address.strip().lower().rpartition("@")
    if not at:
        return address
    name = name.partition("+")[0]
    if domain in GOOGLE:
        return f"{name.replace('.', '')}@{GOOGLE[0]}"
    return f"{name}@{domain}"


def is_within(most: int, seconds: int, what: str, who: str) -> bool:
    """Count one more of a kind by somebody; return whether that is within the limit.

    The limit is ``most`` of them within ``seconds``.
    """
    digest = hashlib.sha256(who.lower().encode()).hexdigest()
    key = f"often:{what.replace(' ', '-')}:{digest}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:
        # The entry ran out between the two.
        return True


def _named_address(request: HttpRequest) -> Address | None:
    """Return the address in the configured place.

    Of a list it is the last one: the nearest proxy has added it, and the visitor may have sent all
    others.
    """
    return _parse(request.META.get(settings.CLIENT_ADDRESS_HEADER, "").rpartition(",")[2])


def _parse(value: str) -> Address | None:
    try:
        address = ipaddress.ip_address(value.strip())
    except ValueError:
        return None
    # A socket for both kinds writes IPv4 as ::ffff:192.0.2.1; all of those would be one network.
    if address.version == 6 and address.ipv4_mapped:
        return address.ipv4_mapped
    return address
