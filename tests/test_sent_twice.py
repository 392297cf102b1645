"""Every form of every screen, sent twice: nothing is made, sent or given a second time.

Saving a draft is left out, as in ``intake.once``: the same content may come back after another one.
"""

import pytest
from django.apps import apps
from django.db import transaction

from tests import forms
from tests.test_forms_are_taken import (
    ADMIN,
    NUMBER,
    PARTNER,
    STRANGER,
    begin_work,
    browsers,  # noqa: F401  a fixture
    kept_world,  # noqa: F401  a fixture
    screens_of_the_cms,
    screens_of_the_site,
    world,  # noqa: F401  a fixture
)

# What is written with every request, whoever sends it, and tells nobody anything.
OF_EVERY_REQUEST = {"sessions.session", "intake.sentform", "axes.accessattempt", "axes.accesslog"}
MAKING = [
    "/cms/pages/add/home/contentpage/{home}/",
    "/cms/pages/add/news/newspage/{news}/",
    "/cms/groups/new/",
    "/cms/collections/add/",
    "/cms/redirects/add/",
]


def counts():
    """Return how many rows each table has."""
    return {
        model._meta.label_lower: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label_lower not in OF_EVERY_REQUEST
    }


def send_twice(client, path, form, button, key):
    """Return the statuses of both, and the tables whose number of rows the second one changed."""
    data = form.data(button) | {"form_key": [key]}
    address = forms.urljoin(path, form.action).partition("#")[0]
    with transaction.atomic():
        cookies = client.cookies.copy()
        first = client.post(address, data)
        before = counts()
        client.cookies = cookies.copy()
        second = client.post(address, data)
        after = counts()
        client.cookies = cookies
        transaction.set_rollback(True)
    changed = {table for table in after if after[table] != before[table]}
    return first, second, changed


def walk(client, paths, problems, seen, acted):
    for path in paths:
        screen = client.get(path)
        if screen.status_code != 200:
            problems.append((path, screen.status_code))
            continue
        for number, form in enumerate(forms.forms_of(screen.content.decode())):
            for button in form.buttons or [None]:
                kind = NUMBER.sub("0", f"{form.action or path} {button}")
                if kind in seen:
                    continue
                seen.add(kind)
                first, second, changed = send_twice(client, path, form, button, f"{path}{number}")
                acted.append(first.status_code == 302)
                same = getattr(first, "url", "") == getattr(second, "url", "")
                if changed or second.status_code >= 500 or not same:
                    problems.append(
                        (path, form.action, button, first.status_code, second.status_code, changed)
                    )


@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
def test_every_form_acts_once(world, browsers):  # noqa: F811
    begin_work(world, browsers)
    problems, seen, acted = [], set(), []
    home = world.item.get_parent().get_parent().pk
    making = [path.format(home=home, news=world.item.get_parent().pk) for path in MAKING]
    walk(browsers[ADMIN], [*screens_of_the_cms(world), *making], problems, seen, acted)
    walk(browsers[PARTNER], ["/cms/colleagues/"], problems, seen, acted)
    walk(browsers[STRANGER], screens_of_the_site(world), problems, seen, acted)
    assert problems == []
    assert any(acted), "those that are not refused as they stand"
