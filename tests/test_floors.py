"""Templates, tags and relations keep the order of the floors that imports keep (pyproject.toml)."""

import re
import tomllib
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.conf import settings
from django.template.engine import Engine
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template

from tests.drawings import TOPS

ROOT = settings.BASE_DIR
NAMES = re.compile(r'{%-? *(?:include|extends) +"([^"]+)"')
LIBRARIES = re.compile(r"{% *load +([^%]+?) *%}")
# The frame of all pages: whatever room a page is of, it stands in it.
FRAME = "templates"


def floors() -> dict[str, int]:
    """Return the height of each room: 0 is the ground."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = contracts["contracts"][0]["layers"]
    heights = {}
    for height, layer in enumerate(reversed(layers)):
        for room in layer.split(" | "):
            heights[room.removeprefix("ecca_site.")] = height
    return heights


FLOORS = floors()


def room_of(path: Path) -> str:
    top, *rest = path.relative_to(ROOT).parts
    return rest[0] if top == "ecca_site" else top


def our_templates() -> list[Path]:
    folders = [ROOT / "ecca_site", *(ROOT / room for room in FLOORS if (ROOT / room).is_dir())]
    return [path for folder in folders for path in sorted(folder.rglob("templates/**/*.*"))]


def height_of(room: str) -> int:
    return FLOORS["core"] if room == FRAME else FLOORS[room]


def higher_parts_of(path: Path) -> list[str]:
    """Return the templates and libraries of higher rooms that a template uses."""
    text, room = path.read_text(), room_of(path)
    used = {name: template_room(name) for name in NAMES.findall(text)}
    libraries = Engine.get_default().libraries
    for names in LIBRARIES.findall(text):
        for name in names.partition(" from ")[2].split() or names.split():
            used[name] = module_room(libraries.get(name, ""))
    return sorted(
        f"{name} of {other}"
        for name, other in used.items()
        if other and height_of(other) > height_of(room)
    )


def template_room(name: str) -> str | None:
    try:
        path = Path(get_template(name).origin.name)
    except TemplateDoesNotExist:
        return None
    return room_of(path) if path.is_relative_to(ROOT) and ".venv" not in path.parts else None


def module_room(module: str) -> str | None:
    top, _, rest = module.partition(".")
    room = rest.partition(".")[0] if top == "ecca_site" else top
    return room if room in FLOORS else None


def test_every_template_is_read():
    assert len(our_templates()) > 150


@pytest.mark.parametrize("path", our_templates(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_uses_nothing_of_a_higher_room(path):
    assert higher_parts_of(path) == []


def test_no_code_follows_a_relation_up_to_a_higher_room():
    """A reverse relation is code of the room that declares it: lower rooms do not know it."""
    wrong = []
    for model in apps.get_models():
        room = module_room(model.__module__)
        if room is None:
            continue
        for relation in model._meta.related_objects:
            other = module_room(relation.related_model.__module__)
            name = relation.get_accessor_name()
            if other is None or not name or height_of(other) <= height_of(room):
                continue
            wrong += uses_of(name, room)
    assert wrong == []


def uses_of(name: str, room: str) -> list[str]:
    """Return the places below a room's floor, or on it, that name an accessor."""
    pattern = re.compile(rf"\.{name}\b")
    found = []
    for other, height in FLOORS.items():
        folder = next(
            (ROOT / way for way in (f"ecca_site/{other}", other) if (ROOT / way).is_dir()), None
        )
        if folder is None or height > FLOORS[room]:
            continue
        for path in [*folder.rglob("*.py"), *folder.rglob("*.html")]:
            if "migrations" not in path.parts and pattern.search(path.read_text()):
                found.append(f"{path.relative_to(ROOT)}: {name}")
    return found


# --- Within a room -------------------------------------------------------------------------------
def circles(imports: dict[str, set[str]]) -> list[set[str]]:
    """Return the sets of modules that all import each other, directly or by way of others."""
    found: list[set[str]] = []
    for module in sorted(imports):
        if any(module in circle for circle in found):
            continue
        circle = {other for other in reached(module, imports) if module in reached(other, imports)}
        if circle:
            found.append(circle)
    return found


def reached(module: str, imports: dict[str, set[str]]) -> set[str]:
    """Return everything that a module imports; itself only if a way leads back to it."""
    seen: set[str] = set()
    open_modules = [module]
    while open_modules:
        new = imports[open_modules.pop()] - seen
        seen |= new
        open_modules += new
    return seen


def test_a_circle_is_found_by_whatever_way_it_closes():
    imports = {"a": {"b"}, "b": {"c", "d"}, "c": {"a"}, "d": {"e"}, "e": set(), "f": {"a"}}
    assert circles(imports) == [{"a", "b", "c"}]
    assert circles(imports | {"e": {"d"}}) == [{"a", "b", "c"}, {"d", "e"}]
    assert circles(imports | {"c": set()}) == []


def test_no_circle_of_files():
    """Imports inside functions count: they hide a circle. Those for types alone are never run."""
    graph = grimp.build_graph(*TOPS, exclude_type_checking_imports=True)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert circles(imports) == []


def lines_of_code(room: str) -> int:
    """Return how many lines of a room's Python say something; migrations are generated."""
    folders = [ROOT / "ecca_site" / room, ROOT / room]
    lines = 0
    for folder in folders:
        for path in folder.rglob("*.py"):
            if "migrations" not in path.parts and "artwork" not in path.parts:
                lines += len([line for line in path.read_text().splitlines() if line.strip()])
    return lines


def test_no_room_holds_a_quarter_of_the_code():
    sizes = {room: lines_of_code(room) for room in FLOORS}
    largest = max(sizes, key=sizes.__getitem__)
    assert sizes[largest] < sum(sizes.values()) / 4, f"{largest}: {sizes[largest]} lines"
