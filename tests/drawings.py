"""Draw the rooms and the models into ``docs/``: ``make docs`` writes, a test compares."""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import grimp
from django.apps import apps

DOCS = Path(__file__).resolve().parents[1] / "docs"
TOPS = ("ecca_site", "home", "news", "partners", "conferences", "search")
ENVIRONMENT = {"settings", "urls", "wsgi"}  # they know every room
# Fields that every page or snippet of Wagtail has say nothing of this site.
STOCK = {"page_ptr", "locale", "latest_revision", "live_revision", "content_type", "locked_by"}


def rooms() -> dict[str, set[str]]:
    """Return for each room the rooms that it imports directly."""
    graph = grimp.build_graph(*TOPS)
    found: dict[str, set[str]] = defaultdict(set)
    for module in graph.modules:
        room = room_of(module)
        if room is None:
            continue
        for imported in graph.find_modules_directly_imported_by(module):
            other = room_of(imported)
            if other not in (None, room):
                found[room].add(other)
    return found


def room_of(module: str) -> str | None:
    """Return the room that a module is in, None for what knows every room."""
    top, _, rest = module.partition(".")
    room = rest.partition(".")[0] if top == "ecca_site" else top
    return None if not room or room in ENVIRONMENT else room


def without_shortcuts(imports: dict[str, set[str]]) -> dict[str, set[str]]:
    """Leave out the arrows that longer ways imply: the floors show, and the picture can be read."""
    return {
        room: {other for other in others if not _leads_there(others - {other}, other, imports)}
        for room, others in imports.items()
    }


def _leads_there(starts: Iterable[str], goal: str, imports: dict[str, set[str]]) -> bool:
    open_rooms, seen = list(starts), set()
    while open_rooms:
        room = open_rooms.pop()
        if room == goal:
            return True
        if room not in seen:
            seen.add(room)
            open_rooms += imports.get(room, ())
    return False


def drawing_of_rooms() -> str:
    lines = ["flowchart TD"]
    for room, others in sorted(without_shortcuts(rooms()).items()):
        for other in sorted(others):
            lines.append(f"    {room} --> {other}")
    return fenced(lines)


def drawing_of_models() -> str:
    """Return the tables of this site with what they point at."""
    lines = ["classDiagram", "    direction LR"]
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        if not config.name.startswith(TOPS):
            continue
        models = sorted(config.get_models(), key=lambda model: model.__name__)
        if models:
            lines.append(f"    namespace {config.label} {{")
            lines += [f"        class {model.__name__}" for model in models]
            lines.append("    }")
        for model in models:
            lines += arrows_of(model)
    return fenced(lines)


def arrows_of(model: type) -> list[str]:
    lines = []
    for field in model._meta.local_fields + model._meta.local_many_to_many:
        if field.is_relation and field.related_model and field.name not in STOCK:
            target = field.related_model.__name__
            lines.append(f"    {model.__name__} --> {target} : {field.name}")
    return sorted(lines)


def fenced(lines: list[str]) -> str:
    return "\n".join(["```mermaid", *lines, "```"])


DRAWINGS = {
    "architecture.md": ("rooms", drawing_of_rooms),
    "data-model.md": ("models", drawing_of_models),
}


def with_drawing(text: str, name: str, drawing: str) -> str:
    """Return a document with the drawing between the two marks that bear its name."""
    marks = f"<!-- {name}: made by `make docs` -->", f"<!-- /{name} -->"
    pattern = re.escape(marks[0]) + ".*?" + re.escape(marks[1])
    return re.sub(pattern, lambda _: f"{marks[0]}\n{drawing}\n{marks[1]}", text, flags=re.DOTALL)


def main() -> None:
    for file_name, (name, draw) in DRAWINGS.items():
        path = DOCS / file_name
        path.write_text(with_drawing(path.read_text(), name, draw()))


if __name__ == "__main__":
    import django

    django.setup()
    main()
