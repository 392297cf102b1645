"""What of a request says that another site sent it."""

import pytest
from django.test import RequestFactory

from ecca_site.intake.submissions import is_foreign


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},  # typed, or from a bookmark
        {"Origin": "http://ecca.example"},
        {"Origin": "https://ecca.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_form_of_our_own_is_taken(settings, headers):
    assert not is_foreign(post(settings, headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},  # another host of the same domain
        {"Sec-Fetch-Site": "same-site", "Origin": "https://ecca.example"},
        {"Origin": "https://other.example"},
        {"Origin": "https://other.ecca.example"},
        {"Origin": "https://ecca.example:8443"},
        {"Origin": "https://ecca.example.evil.example"},
        {"Origin": "null"},
        {"Origin": "https://other.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_a_form_of_another_site_is_not_even_one_of_a_sibling(settings, headers):
    assert is_foreign(post(settings, headers))


def post(settings, headers):
    settings.ALLOWED_HOSTS = ["ecca.example"]
    return RequestFactory().post("/", headers=headers, SERVER_NAME="ecca.example")
