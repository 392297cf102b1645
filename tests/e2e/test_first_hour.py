"""The first hour of each role: it walks to its screens and presses their buttons, and nothing is
refused or broken.

Each press begins with the demo as it was, so that no role and no button stands in another's way.
The ordinary run goes the main way of each role and a share of the rest, whose seed is printed;
``make soak`` goes everywhere.
"""

import random

import pytest
from playwright.sync_api import expect

from ecca_site.demo.accounts import ACCOUNTS, PASSWORD
from tests.left_out import SEED

from .conftest import PATIENCE
from .hours.copies import serve
from .hours.kinds import Kinds, of_public
from .hours.walk import Walk

SHARE = 0.03  # of the other screens and of their buttons

EDIT = "wagtailadmin_pages:edit"
ADD = "wagtailadmin_pages:add news newspage"
COMING = {
    "en": "/en/conferences/building-with-what-we-have/",
    "sl": "/sl/konference/gradimo-s-tem-kar-imamo/",
}

# For each role its main way, screen by screen, with the buttons that must be pressed there.
MAIN = {
    "admin": {
        "moderation_queue": ("moderation_claim",),
        "wagtailusers_users:index": (),
        "wagtailusers_users:add": ("wagtailusers_users:add",),
        "translation_languages": (),
        "mails": ("mail_again",),
    },
    "conferences": {
        "conference_desks": (),
        "conference_registrations": (),
        "conference_registration_cancel": ("conference_registration_cancel",),
        "conference_mail": ("action=preview",),
        "conference_contributions": (),
        "conference_contribution": ("action=accept", "action=decline"),
    },
    "editor": {
        "wagtailadmin_account": ("wagtailadmin_account",),
        "wagtailadmin_explore homepage": (),
        "wagtailadmin_explore newsindexpage": (),
        "wagtailadmin_pages:add_subpage newsindexpage": (),
        f"{ADD} newsindexpage": (ADD, "action-submit"),
        "translation_coverage": ("translation_request_many",),
        "wagtailimages:index": (),
        "wagtailimages:add_multiple": ("wagtailimages:add_multiple",),
    },
    "moderator": {
        "moderation_queue": ("moderation_claim",),
        "moderation_review": ("action=approve", "action=reject", "moderation_guest_add"),
    },
    "partner": {
        "own_profiles:index": (),
        f"{EDIT} partnerpage": (EDIT, "action-submit"),
        "moderation_request partnerpage": ("moderation_request",),
        "partner_invitations": ("partner_invitations",),
    },
    "reviewer": {
        "moderation_queue": ("moderation_claim",),
        "moderation_review": ("action=approve", "action=reject"),
    },
    "reviewer-en": {
        "moderation_queue": ("moderation_claim",),
        "moderation_review": ("action=approve",),
    },
    "translator": {
        "translation_coverage": ("translation_request_many",),
        f"{EDIT} newspage translation": (),
        "moderation_withdraw newspage translation": ("moderation_withdraw",),
        "wagtailadmin_explore homepage translation": (),
        f"{EDIT} homepage translation": ("translation_submit",),
    },
}
VISITOR = {
    "{language}/partners": (),
    "{language}/partnerji": (),
    "{language}/partners/*": (),
    "{language}/partnerji/*": (),
    "join {language}": (),
    "join_as partner {language}": ("join_as partner",),
    "partner_contact {language}": ("partner_contact",),
    "conference_register {language}": ("conference_register",),
    "conference_contribute {language}": ("conference_contribute",),
    "search {language}": ("search",),
}


def is_of_share(*what):
    """Tell whether something is of this run's share; of the same seed it is always the same."""
    return random.Random(f"{SEED} {what}").random() < SHARE


def is_of_everything(*what):
    return True


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("first_hour")) as copy:
        copy.keep()
        yield copy
        assert "Traceback" not in copy.log


@pytest.fixture(params=[is_of_share, pytest.param(is_of_everything, marks=pytest.mark.soak)])
def chance(request):
    return request.param


@pytest.fixture
def walker(copy, browser, chance):
    """Return a function that makes a walk by a main way, and by chance."""
    contexts = []

    def make(main, kind_of, **more):
        contexts.append(
            browser.new_context(base_url=copy.address, viewport={"width": 1280, "height": 900})
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE * 1000)
        return Walk(
            page, copy.restore, kind_of,
            wanted=lambda kind: kind in main or chance(kind),
            skipped=lambda kind, key: key not in main.get(kind, ()) and not chance(kind, key),
            **more,
        )  # fmt: skip

    yield make
    for context in contexts:
        context.close()
    copy.restore()


def check(walk, main, who, capsys):
    wanted = {(kind, key) for kind, keys in main.items() for key in keys}
    with capsys.disabled():
        print(f"\n{who}: {len(walk.screens)} screens, {len(walk.pressed)} buttons, seed {SEED}")
    assert walk.faults == []
    assert wanted - walk.pressed == set()


def test_every_account_of_the_demo_has_its_hour():
    assert MAIN.keys() == {username for username, *_rest in ACCOUNTS}


@pytest.mark.parametrize("username", MAIN)
def test_the_first_hour_in_the_cms(copy, walker, username, capsys):
    copy.restore()
    main = MAIN[username]
    walk = walker(main, Kinds(copy.database).of)
    page = walk.page
    page.goto("/cms/login/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()
    expect(page.locator("h1")).to_contain_text("ECCA")
    walk.begin(copy.keep_signed_in())
    walk.go("/cms/", "/cms/guide/", "/cms/account/")
    check(walk, main, username, capsys)


@pytest.mark.parametrize("language", COMING)
def test_the_first_hour_of_a_visitor(copy, walker, language, capsys):
    copy.restore()
    main = {kind.format(language=language): keys for kind, keys in VISITOR.items()}
    walk = walker(main, lambda path: of_public(path, language), presses_questions=True)
    walk.go(f"/{language}/", COMING[language])
    check(walk, main, f"visitor, {language}", capsys)
    assert walk.page.context.cookies() == []
