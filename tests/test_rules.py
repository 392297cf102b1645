"""Rules of the house that concern single lines, whatever room they stand in."""

import ast
from collections.abc import Iterator

from django.conf import settings

from tests.test_style import modules

# --- The original is one idea --------------------------------------------------------------------
# The modules that say what the original is, and the one that names its language.
OF_ORIGINALS = {"ecca_site/i18n/languages.py", "ecca_site/i18n/originals.py"}
# English itself, not the language of the originals.
ENGLISH = {
    "conferences/blocks.py": "the language that most sessions are held in",
    "ecca_site/demo/accounts.py": "the languages that the people of the demo read",
    "ecca_site/i18n/analysis.py": "the stemmer of English",
    "ecca_site/i18n/countries.py": "any list of CLDR's territories",
    "ecca_site/i18n/dates.py": "how dates are written in Europe",
    "ecca_site/i18n/languages.py": "the country of English in Europe",
    "ecca_site/settings/base.py": "what the settings say",
}


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for path in modules():
        name = str(path.relative_to(settings.BASE_DIR))
        for node in ast.walk(ast.parse(path.read_text())):
            yield name, node


def asks_for_source(node: ast.AST) -> bool:
    """Return whether code asks Django or Wagtail for the language of the originals."""
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
        return False
    return (node.value.id, node.attr) in {("settings", "LANGUAGE_CODE"), ("Locale", "get_default")}


def test_two_modules_alone_know_the_language_of_the_originals():
    asking = [
        f"{name}:{node.lineno}"
        for name, node in nodes()
        if asks_for_source(node) and name not in OF_ORIGINALS
    ]
    assert asking == []


def test_no_code_means_the_original_by_english():
    found = {
        name for name, node in nodes() if isinstance(node, ast.Constant) and node.value == "en"
    }
    assert found == ENGLISH.keys()


# --- Signals have a sender, and nothing travels as an attribute of others -------------------------
# Private attributes of other objects that a framework reads there and takes in no other way.
TAKEN_BY_FRAMEWORKS = {
    "_wagtail_route_for_request": "the route of a page, found before Wagtail's view asks for it",
    "_mutable": "Django's mark of a query string that nobody changes any more",
    "_messages": "Django's messages, begun anew where a request is answered a second time",
    "_mark_code_used": "how allauth remembers the codes of an app that were used",
    "_explorable_root_instance_cache_name": "where Wagtail keeps the page that a user begins at",
    "_iterable_class": "what Django makes the rows of a queryset into",
    "_cached_parent_obj": "where treebeard keeps the page above, which a version has in common",
}


def private_targets(node: ast.AST) -> Iterator[str]:
    """Yield the private attributes of other objects that a statement sets."""
    targets: list[ast.AST] = []
    if isinstance(node, ast.Assign | ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign | ast.AugAssign):
        targets = [node.target]
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("setattr", "delattr"):
        yield from private_name_in_call(node)
    for target in targets:
        for part in ast.walk(target):
            if isinstance(part, ast.Attribute) and is_private_of_another(part):
                yield part.attr


def is_private_of_another(attribute: ast.Attribute) -> bool:
    if not attribute.attr.startswith("_") or not isinstance(attribute.ctx, ast.Store | ast.Del):
        return False
    return ast.unparse(attribute.value) not in ("self", "cls")


def private_name_in_call(call: ast.Call) -> Iterator[str]:
    owner, name = call.args[:2]
    if ast.unparse(owner) in ("self", "cls"):
        return
    if isinstance(name, ast.Constant) and not name.value.startswith("_"):
        return
    last = ast.unparse(name).strip("'").rpartition(".")[2]
    if last.startswith("_"):
        yield last


def test_no_state_travels_as_a_private_attribute_of_another_object():
    found = {attribute for _name, node in nodes() for attribute in private_targets(node)}
    assert found == TAKEN_BY_FRAMEWORKS.keys()


def hears_everybody(node: ast.AST) -> bool:
    """Return whether a call connects a receiver, or decorates one, and names no sender."""
    if not isinstance(node, ast.Call) or not node.args:
        return False
    called = ast.unparse(node.func)
    if called.startswith("sqlite3.") or called.rpartition(".")[2] not in ("connect", "receiver"):
        return False
    senders = [word.value for word in node.keywords if word.arg == "sender"]
    return not senders or ast.unparse(senders[0]) == "None"


def test_a_receiver_names_whom_it_hears():
    without_sender = [f"{name}:{node.lineno}" for name, node in nodes() if hears_everybody(node)]
    assert without_sender == []


def test_what_breaks_these_rules_is_found():
    code = ast.parse("post_save.connect(f)\n@receiver(saved)\ndef f(): pass\nuser._roles = []")
    broken = list(ast.walk(code))
    assert len([node for node in broken if hears_everybody(node)]) == 2
    assert [name for node in broken for name in private_targets(node)] == ["_roles"]
    assert asks_for_source(ast.parse("settings.LANGUAGE_CODE", mode="eval").body)
    for right in ("self._roles = []", "post_save.connect(f, sender=User)", "signals.connect()"):
        nodes_of_it = list(ast.walk(ast.parse(right)))
        assert not any(hears_everybody(node) for node in nodes_of_it)
        assert not any(list(private_targets(node)) for node in nodes_of_it)
