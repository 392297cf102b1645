"""Small faults put into the code by Cosmic Ray: does a test near by fail with each?

``make mutants`` takes a sample of them by the seed that it prints (``ECCA_TEST_SEED``), one for
each place in the code, and runs those tests that are of the place's room. What no test finds is
printed as a difference; it is mended by a test, or named with its reason in ``docs/mutants.md``.

Cosmic Ray changes files in place, so all of this happens to a copy of the checkout. It has a
virtual environment of its own, for it needs 28 packages that the site does not.
"""

import argparse
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome

CHECKOUT = Path(__file__).resolve().parent.parent
PYTHON = CHECKOUT / ".venv/bin/python"
SEED = int(os.environ.setdefault("ECCA_TEST_SEED", str(random.randrange(2**32))))
NAMED = Path("docs/mutants.md")
# A mutant that loops is stopped. A slow machine is no loop.
PATIENCE, LEAST_SECONDS = 10, 300
LONGER = 3  # times, with what `make check` alone runs
# What is data, or says nothing of the behaviour.
LEFT_OUT = ("migrations", "apps.py", "__init__.py", "areas.py")
# Whatever the room: a field that is another one needs a migration.
ALWAYS = ("tests/test_project.py::test_no_migration_is_missing",)
# Of the ways to change an operator these say most. ``a << b`` for ``a - b`` is found by any test,
# and ``a is b`` for ``a == b`` by none where Python keeps short strings once.
EXCHANGED = (
    {"Add", "Sub", "Mul", "Div", "FloorDiv"},
    {"BitOr", "BitAnd"},
    {"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE"},
    {"Is", "IsNot"},
    {"In", "NotIn"},
)


@dataclass(frozen=True)
class Room:
    """Some code, and the tests that should fail when it does something else; the nearest first."""

    code: tuple[str, ...]
    tests: tuple[str, ...]


ROOMS = {
    "permissions": Room(
        ("ecca_site/access", "ecca_site/core/permissions.py"),
        (
            "tests/access",
            "tests/moderation/test_while_reviewed.py",
            "tests/moderation/test_addresses.py",
            "tests/moderation/test_matrix.py",
        ),
    ),
    "workflow": Room(
        (
            "ecca_site/moderation/models",
            "ecca_site/moderation/publishing.py",
            "ecca_site/moderation/frozen.py",
        ),
        (
            "tests/moderation",
            "--ignore=tests/moderation/test_addresses.py",
            "--ignore=tests/moderation/test_matrix.py",
            "--ignore=tests/moderation/test_random_histories.py",
        ),
    ),
    "staleness": Room(
        ("ecca_site/translation/staleness", "ecca_site/translation/localize/segments.py"),
        (
            "tests/translation/test_segments.py",
            "tests/translation/test_staleness.py",
            "tests/translation/test_notes.py",
            "tests/translation/test_notice.py",
            "tests/translation/test_cascade.py",
            "tests/translation/test_releases.py",
            "tests/translation/test_submission.py",
        ),
    ),
    "registration": Room(
        ("conferences/registration",),
        (
            "tests/conferences/test_registration.py",
            "tests/conferences/test_desk.py",
            "tests/home/test_personal_data.py",
            "tests/conferences/test_malformed.py",
            "tests/conferences/test_registration_race.py",
        ),
    ),
    "fallback": Room(
        ("ecca_site/delivery/fallback.py", "ecca_site/delivery/routing.py"),
        (
            "tests/translation/test_fallback.py",
            "tests/translation/test_links.py",
            "tests/delivery/test_view_languages.py",
            "tests/delivery/test_speed.py",
        ),
    ),
    "mail": Room(("ecca_site/mail",), ("tests/mail",)),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--number", type=int, default=300, help="how many mutants (300)")
    parser.add_argument("--room", choices=ROOMS, action="append", help="of these rooms alone")
    options = parser.parse_args()
    print(f"seed: ECCA_TEST_SEED={SEED}", flush=True)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy_checkout(Path(folder))
        os.chdir(folder)
        unnamed = try_rooms(options.room or list(ROOMS), options.number)
    print("\n".join(unnamed))
    return 1 if unnamed else 0


def copy_checkout(folder: Path) -> None:
    """Copy what Git knows or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (CHECKOUT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, folder / name)


def try_rooms(names: list[str], number: int) -> list[str]:
    """Try a sample of the mutants of some rooms; return what changes and no test has found."""
    chance = random.Random(f"{SEED} mutants")
    places = {name: mutants_of(ROOMS[name], chance) for name in names}
    everything = [(name, mutant) for name in names for mutant in places[name]]
    sample = chance.sample(everything, min(number, len(everything)))
    unnamed = []
    for name in names:
        mutants = [mutant for room, mutant in sample if room == name]
        outcomes = Counter()
        for mutant, change in survivors(ROOMS[name], mutants):
            is_named = name_of(mutant) in NAMED.read_text()
            outcomes[is_named] += 1
            if not is_named:
                unnamed.append(change)
        print(
            f"{name}: {len(mutants)} mutants of {len(places[name])} places, "
            f"{len(mutants) - outcomes.total()} found, {outcomes[True]} named, "
            f"{outcomes[False]} not found",
            flush=True,
        )
    return unnamed


def mutants_of(room: Room, chance: random.Random) -> list[MutationSpec]:
    """Return one mutant for each place in the code: some places could be changed in twelve ways."""
    by_place = {}
    with use_db("mutants.sqlite", WorkDB.Mode.create) as database:
        init(modules_of(room), database, {})
        mutants = [item.mutations[0] for item in database.work_items]
    mutants = filter(is_telling, mutants)
    for mutant in sorted(mutants, key=lambda each: (place_of(each), each.operator_name)):
        by_place.setdefault(place_of(mutant), []).append(mutant)
    return [chance.choice(ways) for ways in by_place.values()]


def is_telling(mutant: MutationSpec) -> bool:
    """Whether an operator is exchanged for one of its kind, or what is changed is no operator."""
    kind, *exchanged = mutant.operator_name.removeprefix("core/").split("_")
    if kind not in ("ReplaceBinaryOperator", "ReplaceComparisonOperator"):
        return True
    return any(kinds.issuperset(exchanged) for kinds in EXCHANGED)


def modules_of(room: Room) -> list[Path]:
    modules = []
    for name in room.code:
        path = Path(name)
        modules += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [module for module in modules if not set(module.parts) & set(LEFT_OUT)]


def place_of(mutant: MutationSpec) -> tuple:
    return str(mutant.module_path), mutant.start_pos, mutant.end_pos


def name_of(mutant: MutationSpec) -> str:
    """Return the file and the line of a mutant, as ``docs/mutants.md`` names it."""
    line = mutant.module_path.read_text().splitlines()[mutant.start_pos[0] - 1]
    return f"`{mutant.module_path}`: `{line.strip()}`"


def survivors(room: Room, mutants: list[MutationSpec]) -> Iterator[tuple[MutationSpec, str]]:
    """Yield the mutants that no test of the room finds, with what they change.

    The tests that are called like a module come first, then those of the room, at last what
    ``make check`` runs of them besides.

    Raises:
        SystemExit: the tests fail without a mutant.
    """
    if not mutants:
        return
    command = [str(PYTHON), "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    tests = [*room.tests, *ALWAYS]
    begun = time.monotonic()
    clean = subprocess.run([*command, *tests], capture_output=True, text=True, check=False)
    if clean.returncode:
        sys.exit(f"These tests fail without a mutant:\n{clean.stdout[-3000:]}")
    timeout = max(PATIENCE * (time.monotonic() - begun), LEAST_SECONDS)
    for mutant in mutants:
        near = [*ALWAYS, *tests_about(mutant.module_path)]
        for chosen in (near, tests, [*tests, "--whole"]):
            result = mutate_and_test([mutant], shlex.join([*command, *chosen]), LONGER * timeout)
            is_found = result.test_outcome == TestOutcome.KILLED
            if is_found:
                break
        print(f"{'found' if is_found else 'NOT FOUND':<10} {name_of(mutant)}", flush=True)
        if not is_found:
            yield mutant, result.diff or result.output


def tests_about(module: Path) -> list[str]:
    """Return the test files that are called like a module."""
    return [str(path) for path in sorted(Path("tests").rglob(f"test_{module.stem}.py"))]


if __name__ == "__main__":
    sys.exit(main())
