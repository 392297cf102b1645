"""What a run leaves out, why, and how to have it: for want of a tool or a database, or to be quick.

``@pytest.mark.needs("Redis")`` names a tool of ``tests.machine``,
``@pytest.mark.only_on("sqlite")`` a database. ``@pytest.mark.whole`` is for ``make check`` alone,
which runs pytest with ``--whole``; ``--share=0.5`` runs each test with this probability, and those
of one database always. ``@pytest.mark.share`` is a small run of a test, for where the large one
is left out.

``THOROUGH`` names files that are ``whole`` altogether, unless the command line names one.
"""

import os
import random
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from tests.machine import TOOLS

# Whatever is left to chance begins here; the processes of pytest-xdist inherit it.
SEED = int(os.environ.setdefault("ECCA_TEST_SEED", str(random.randrange(2**32))))

# They try each turn of something that other tests hold in short.
THOROUGH = (
    "tests/access/test_cms.py",
    "tests/access/test_dry_run.py",
    "tests/access/test_names.py",
    "tests/access/test_page_permissions.py",
    "tests/access/test_site_setup.py",
    "tests/access/test_what_people_gave.py",
    "tests/conferences/test_calendar.py",
    "tests/conferences/test_contributions.py",
    "tests/conferences/test_desk.py",
    "tests/conferences/test_lists.py",
    "tests/conferences/test_registration.py",
    "tests/conferences/test_speakers.py",
    "tests/conferences/test_status.py",
    "tests/core/test_choices_of_people.py",
    "tests/core/test_drafts.py",
    "tests/core/test_long_lists.py",
    "tests/core/test_published_files.py",
    "tests/core/test_sent.py",
    "tests/core/test_spreadsheets.py",
    "tests/delivery/test_headers.py",
    "tests/delivery/test_reader_index.py",
    "tests/delivery/test_refusals.py",
    "tests/delivery/test_speed.py",
    "tests/delivery/test_view_languages.py",
    "tests/deploy/test_nginx.py",
    "tests/home/test_personal_data.py",
    "tests/moderation/test_addresses.py",
    "tests/moderation/test_audit.py",
    "tests/moderation/test_file_readers.py",
    "tests/moderation/test_file_uses.py",
    "tests/moderation/test_files_shown.py",
    "tests/moderation/test_four_eyes.py",
    "tests/moderation/test_guests.py",
    "tests/moderation/test_ledger.py",
    "tests/moderation/test_pairs.py",
    "tests/moderation/test_panels.py",
    "tests/moderation/test_requests.py",
    "tests/moderation/test_review_page.py",
    "tests/moderation/test_rights.py",
    "tests/moderation/test_seals.py",
    "tests/moderation/test_shown.py",
    "tests/moderation/test_speakers.py",
    "tests/moderation/test_speakers_at_random.py",
    "tests/moderation/test_withdrawing.py",
    "tests/news/test_feeds.py",
    "tests/news/test_list.py",
    "tests/partners/test_applications.py",
    "tests/partners/test_directory.py",
    "tests/partners/test_editing.py",
    "tests/partners/test_export.py",
    "tests/partners/test_listing.py",
    "tests/partners/test_map.py",
    "tests/partners/test_matchmaking.py",
    "tests/search/test_speed.py",
    "tests/test_malformed_at_work.py",
    "tests/test_malformed_in_the_cms.py",
    "tests/test_sent_twice.py",
    "tests/translation/checks/test_alarms.py",
    "tests/translation/glossary/test_glossary.py",
    "tests/translation/test_authors.py",
    "tests/translation/test_cascade.py",
    "tests/translation/test_companions.py",
    "tests/translation/test_costs.py",
    "tests/translation/test_coverage.py",
    "tests/translation/test_ending.py",
    "tests/translation/test_expiry.py",
    "tests/translation/test_fallback.py",
    "tests/translation/test_language_setup.py",
    "tests/translation/test_links.py",
    "tests/translation/test_notes.py",
    "tests/translation/test_notice.py",
    "tests/translation/test_releases.py",
    "tests/translation/test_revoking.py",
    "tests/translation/test_segment_rows.py",
    "tests/translation/test_shared.py",
    "tests/translation/test_slugs.py",
    "tests/translation/test_speakers.py",
    "tests/translation/test_speakers_written_elsewhere.py",
    "tests/translation/test_written_elsewhere.py",
    "tests/translation/texts/test_po.py",
    "tests/uploads/test_uploads.py",
    "tests/users/test_own_account.py",
    "tests/users/test_second_factor.py",
)

LATER = "left to `make check`"
HOW_TO_GET = {
    "postgresql": "needs PostgreSQL: DATABASE_URL=postgres://… make test",
    "sqlite": "for SQLite alone: without DATABASE_URL",
}


def pytest_addoption(parser):
    parser.addoption("--whole", action="store_true", help="run what `make check` alone runs, too")
    parser.addoption("--share", type=float, default=1, help="run each test with this probability")


def pytest_report_header(config) -> str:
    share = config.getoption("share")
    return f"seed: ECCA_TEST_SEED={SEED}, share of the tests: {share}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark what is thorough before pytest looks at the marks."""
    named = {Path(argument.partition("::")[0]).resolve() for argument in config.args}
    thorough = {config.rootpath / path for path in THOROUGH} - named
    for item in items:
        if item.path in thorough:
            item.add_marker(pytest.mark.whole)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if reason := reason_to_leave_out(item):
        pytest.skip(reason)


def reason_to_leave_out(item) -> str | None:
    for marker in item.iter_markers("needs"):
        for name in marker.args:
            if not TOOLS[name].is_there():
                return f"needs {name}: {TOOLS[name].how_to_get}"
    only_on = item.get_closest_marker("only_on")
    if only_on and connection.vendor != only_on.args[0]:
        return HOW_TO_GET[only_on.args[0]]
    if item.get_closest_marker("whole") and not item.config.getoption("whole"):
        return LATER
    is_whole = item.config.getoption("whole")
    if item.get_closest_marker("share") and is_whole and connection.vendor == "postgresql":
        return "part of a larger run of the same test"
    chance = random.Random(f"{SEED} {item.nodeid}")
    if not only_on and chance.random() >= item.config.getoption("share"):
        return "not in this share of the tests"
    return None


def pytest_terminal_summary(terminalreporter):
    reasons = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reasons[reason_of(report)] += 1
    if reasons:
        terminalreporter.section("left out")
    for reason, number in reasons.most_common():
        terminalreporter.line(f"{number:>5}  {reason}")


def reason_of(report) -> str:
    """Return why a test was skipped, without the word that pytest puts before it."""
    return report.longrepr[2].removeprefix("Skipped: ")
