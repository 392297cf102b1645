"""One statement says one thing: what ruff has no rule for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOMS = ("ecca_site", "home", "news", "partners", "conferences", "search")
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def modules() -> list[Path]:
    paths = [path for room in ROOMS for path in (settings.BASE_DIR / room).rglob("*.py")]
    return [path for path in paths if not {"migrations", "artwork"} & set(path.parts)]


def comprehensions_of(path: Path) -> Iterator[ast.AST]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, COMPREHENSIONS):
            yield node


def values_of(comprehension: ast.AST) -> list[ast.AST]:
    if isinstance(comprehension, ast.DictComp):
        return [comprehension.key, comprehension.value]
    return [comprehension.elt]


def is_dense(comprehension: ast.AST) -> bool:
    """Return whether there is more to a comprehension than one loop with one condition."""
    within = [node for node in ast.walk(comprehension) if node is not comprehension]
    if any(isinstance(node, COMPREHENSIONS) for node in within):
        return True
    if len(comprehension.generators) > 1 or len(comprehension.generators[0].ifs) > 1:
        return True
    parts = [node for value in values_of(comprehension) for node in ast.walk(value)]
    return any(isinstance(node, ast.IfExp) for node in parts)


@pytest.mark.parametrize("room", ROOMS)
def test_a_comprehension_is_one_loop_with_one_condition(room):
    dense = []
    for path in modules():
        name = path.relative_to(settings.BASE_DIR)
        if name.parts[0] == room:
            dense += [f"{name}:{node.lineno}" for node in comprehensions_of(path) if is_dense(node)]
    assert dense == []
