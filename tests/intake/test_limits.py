"""Who a visitor is, how often is too often, and what happens without the cache."""

import logging
import socket

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from ecca_site.intake import limits
from ecca_site.intake.checks import check_client_address

HEADER = "HTTP_X_REAL_IP"


def request(remote="127.0.0.1", **headers):
    return RequestFactory().post("/", REMOTE_ADDR=remote, **headers)


@pytest.fixture
def behind_a_proxy(settings):
    settings.CLIENT_ADDRESS_HEADER = HEADER


# --- Addresses -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("named", "address", "network"),
    [
        ("192.0.2.7", "192.0.2.7", "192.0.2.0/24"),
        (" 192.0.2.7 ", "192.0.2.7", "192.0.2.0/24"),
        ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.0/24"),
        ("2001:db8:1:2::5", "2001:db8:1::", "2001:db8:1::/48"),
        ("2001:db8:1:ffff::9", "2001:db8:1::", "2001:db8:1::/48"),
        ("2001:db8:2::1", "2001:db8:2::", "2001:db8:2::/48"),
        ("203.0.113.9, 192.0.2.7", "192.0.2.7", "192.0.2.0/24"),
    ],
)
def test_a_visitor_is_whom_the_proxy_names(behind_a_proxy, named, address, network):
    asked = request(HTTP_X_REAL_IP=named)
    assert (limits.address_of(asked), limits.network_of(asked)) == (address, network)


def test_without_a_proxy_no_header_is_believed():
    asked = request("192.0.2.7", HTTP_X_REAL_IP="203.0.113.9", HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert (limits.address_of(asked), limits.network_of(asked)) == ("192.0.2.7", "192.0.2.0/24")


@pytest.mark.parametrize("named", [{}, {HEADER: ""}, {HEADER: "unknown"}, {HEADER: "192.0.2.7:80"}])
def test_a_proxy_that_names_nobody_leaves_the_address_of_the_connection(behind_a_proxy, named):
    asked = request("198.51.100.4", **named)
    assert (limits.address_of(asked), limits.network_of(asked)) == (
        "198.51.100.4",
        "198.51.100.0/24",
    )


@pytest.mark.parametrize("remote", ["127.0.0.1", "::1", ""])
def test_visitors_whom_the_proxy_does_not_name_are_not_one_network(
    behind_a_proxy, remote, settings, caplog
):
    settings.FORM_LIMITS = {"a form": {"network": 1, "mailbox": 1}}
    asked = request(remote)
    assert [limits.refusal(asked, "a form", f"{number}@example.org") for number in range(3)] == [
        ""
    ] * 3
    assert {record.levelno for record in caplog.records} == {logging.ERROR}
    assert limits.refusal(asked, "a form", "0@example.org") != ""


# --- How often -----------------------------------------------------------------------------------
def test_each_kind_network_and_mailbox_is_counted_for_itself(settings):
    settings.FORM_LIMITS = {
        "a form": {"network": 3, "mailbox": 2},
        "other": {"network": 3, "mailbox": 2},
    }
    here, there = request("192.0.2.7"), request("198.51.100.4")
    assert [bool(limits.refusal(here, "a form", "a@example.org")) for _time in range(3)] == [
        False,
        False,
        True,
    ]
    assert limits.refusal(there, "a form", "A@EXAMPLE.org").startswith(
        "Too many forms came with this e-mail address"
    )
    assert limits.refusal(here, "a form", "b@example.org").startswith(
        "Too many forms came from your network"
    )
    assert limits.refusal(here, "other", "a@example.org") == ""
    assert limits.refusal(there, "a form", "b@example.org") == ""


def test_long_addresses_with_the_same_beginning_are_two(settings):
    settings.FORM_LIMITS = {"a form": {"network": None, "mailbox": 1}}
    addresses = [f"{'x' * 300}{end}@example.org" for end in "ab"]
    assert [limits.refusal(request(), "a form", address) for address in addresses] == ["", ""]


def test_without_the_cache_nothing_is_refused(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        place = f"redis://127.0.0.1:{closed.getsockname()[1]}/0"
        backend = "ecca_site.delivery.cache.ForgivingRedisCache"
        settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": place}}
        settings.FORM_LIMITS = {"a form": {"network": 1, "mailbox": 1}}
        assert [limits.refusal(request(), "a form", "a@example.org") for _time in range(5)] == [
            ""
        ] * 5
        caches["default"].close()


def test_crowds_are_smaller_than_every_limit_of_a_network(settings):
    crowds = {"registration", "contribution", "application", "shown mailbox"}
    assert all(settings.FORM_LIMITS[what]["network"] >= 300 for what in crowds)


# --- The deployment ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("HTTP_X_REAL_IP", []),
        ("REMOTE_ADDR", ["ecca.W010"]),
        ("X-Real-IP", ["ecca.E010"]),
        ("", ["ecca.E010"]),
    ],
)
def test_a_header_that_is_never_found_fails_the_deploy(settings, name, found):
    settings.IS_DEMO = False
    settings.CLIENT_ADDRESS_HEADER = name
    assert [error.id for error in check_client_address(None)] == found


def test_a_demo_needs_no_proxy(settings):
    settings.IS_DEMO = True
    assert check_client_address(None) == []


def test_one_mailbox_has_many_spellings(settings):
    settings.FORM_LIMITS = {"a form": {"mailbox": 1}}
    first, *others = ("Ana.Novak+1@gmail.com", "ananovak@googlemail.com", "a.nanovak+x+y@GMAIL.com")
    assert limits.refusal(request(), "a form", first) == ""
    assert all(limits.refusal(request(), "a form", other) for other in others)
    assert limits.refusal(request(), "a form", "ana.novak@example.org") == ""
    assert limits.refusal(request(), "a form", "ana.novak+1@example.org") != ""
    assert limits.refusal(request(), "a form", "ananovak@example.org") == ""


def test_the_mailboxes_of_a_domain_are_counted_together(settings):
    settings.FORM_LIMITS = {"a form": {"mailbox": 5, "domain": 2}}
    mailboxes = ("a@one.example", "b@one.example", "a@two.example", "c@ONE.example")
    assert [limits.refusal(request(), "a form", mailbox) for mailbox in mailboxes] == [
        "",
        "",
        "",
        (
            "Too many forms came with e-mail addresses of one.example within a day. What you "
            "typed is still here. Send it again tomorrow."
        ),
    ]
