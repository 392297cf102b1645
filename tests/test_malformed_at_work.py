"""The forms of what waits for a decision, and those behind visitors' links, bear any input.

Reviews, desks, applications, translations and guests, with values that no browser sends.
"""

import random

import pytest
from django.db import transaction

from tests import forms
from tests.left_out import SEED
from tests.test_forms_are_taken import (
    ADMIN,
    STRANGER,
    begin_work,
    browsers,
    kept_world,
    screens_of_the_cms,
    screens_of_the_site,
    world,
)
from tests.test_malformed_in_the_cms import VALUES

__all__ = ["browsers", "kept_world", "world"]  # fixtures

PER_FIELD = 1  # in `make test`; all of them in the soak


def send_malformed(client, path, chance, per_field):
    """Send each field of each form of a screen with values of chance; return what went wrong."""
    screen = client.get(path)
    assert screen.status_code == 200, path
    wrong = []
    number = 0
    for form in forms.forms_of(screen.content.decode()):
        button = form.buttons[-1] if form.buttons else None
        for name in dict(form.fields).keys() - {"csrfmiddlewaretoken"}:
            for value in chance.sample(VALUES, per_field):
                data = form.data(button) | {name: value}
                address = forms.urljoin(path, form.action).partition("#")[0]
                with transaction.atomic():
                    cookies = client.cookies.copy()
                    status = client.post(address, data).status_code
                    client.cookies = cookies
                    transaction.set_rollback(True)
                number += 1
                if status >= 500:
                    wrong.append((address, name, value[:60], status))
    return number, wrong


def walk(world, browsers, per_field):
    begin_work(world, browsers)
    chance = random.Random(SEED)
    number = 0
    wrong = []
    for client in browsers.values():
        client.raise_request_exception = False
    screens = [(ADMIN, path) for path in screens_of_the_cms(world)]
    screens += [(STRANGER, path) for path in screens_of_the_site(world)]
    for name, path in screens:
        sent, refused = send_malformed(browsers[name], path, chance, per_field)
        number += sent
        wrong += refused
    assert wrong == []
    assert number > 60 * per_field


@pytest.mark.filterwarnings("ignore")
def test_a_value_for_each_field_makes_no_500(world, browsers):
    walk(world, browsers, PER_FIELD)


@pytest.mark.soak
@pytest.mark.filterwarnings("ignore")
def test_every_value_for_each_field_makes_no_500(world, browsers):
    walk(world, browsers, len(VALUES))
