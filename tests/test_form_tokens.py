"""Every form that changes something holds the token of its session, or the stamp of a form without
one.
"""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from laces.components import Component
from wagtail.admin.ui.tables import BaseColumn

from ecca_site.core.tables import FormColumn

FORM = re.compile(
    r"<form\b[^>]*?\bmethod\s*=\s*[\"']?\s*post\b.*?</form\s*>", re.IGNORECASE | re.DOTALL
)
INCLUDE = re.compile(r"{%-?\s*include\s+[\"']([^\"']+)[\"']")
TOKEN = re.compile(r"{%\s*csrf_token\s*%}|name=[\"']csrfmiddlewaretoken[\"']")
STAMP = re.compile(r"{{\s*form\.stamp\s*}}")
# Buttons of pages for people without a session: the address is the secret, or nothing is changed.
# Their views refuse what another site's page sends; a guest's page tells no site where it is.
WITHOUT_SESSION = {
    "conferences/registration/manage.html",
    "moderation/guest.html",
    "partners/applications/follow.html",
    "partners/contact.html",
    "partners/freshness/confirm.html",
}


def folders():
    """Return the folders of templates of the project and of its apps."""
    paths = [Path(app.path) / "templates" for app in apps.get_app_configs()]
    ours = [
        path for path in paths if settings.BASE_DIR in path.parents and ".venv" not in path.parts
    ]
    return [*(Path(path) for path in settings.TEMPLATES[0]["DIRS"]), *ours]


def templates():
    """Return the text of each template by its name."""
    return {
        str(path.relative_to(folder)): path.read_text()
        for folder in folders()
        if folder.is_dir()
        for path in folder.rglob("*.html")
    }


def whole(text, known, depth=5):
    """Return a text with what it includes in the place of the tag."""
    if not depth:
        return text
    return INCLUDE.sub(
        lambda match: whole(known.get(match[1], ""), known, depth - 1) + match[0], text
    )


def posting(known):
    """Return the forms of each template that has some."""
    found = {name: [match[0] for match in FORM.finditer(text)] for name, text in known.items()}
    return {name: forms for name, forms in found.items() if forms}


def subclasses(kind):
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def lacking(known):
    """Return the names of templates in which a form has neither token nor stamp."""
    return {
        name
        for name, forms in posting(known).items()
        for form in forms
        if not TOKEN.search(whole(form, known)) and not STAMP.search(whole(form, known))
    }


def test_every_form_that_is_sent_has_a_token_or_a_stamp():
    known = templates()
    assert len(posting(known)) >= 25
    assert lacking(known) == WITHOUT_SESSION


@pytest.mark.parametrize("form", [
    '<form method="post"></form>', "<FORM class='x'\n METHOD = POST ></FORM>",
    "<form id=a method='Post'>x</form>",
    '<form method="post">{% include "b.html" %}</form>',
    ('<form method="post">{# csrf_token #}</form>'),
])  # fmt: skip
def test_a_form_without_token_is_found_however_it_is_written(form):
    assert lacking({"a.html": form, "b.html": "<p>Nothing</p>"}) == {"a.html"}


@pytest.mark.parametrize("form", [
    '<form method="post">{% csrf_token %}</form>', '<form method="get"></form>',
    '<form method="post">{% include "b.html" %}</form>',
    ('<form method="post">{{ form.stamp }}</form>'),
])  # fmt: skip
def test_a_form_with_token_is_not(form):
    assert lacking({"a.html": form, "b.html": "{% csrf_token %}"}) == set()


def test_cells_with_a_form_get_the_token():
    """Wagtail renders cells without the request's own context."""
    names = templates()
    columns = [each for each in subclasses(BaseColumn) if each.cell_template_name in names]
    holding = {
        each for each in columns if TOKEN.search(whole(names[each.cell_template_name], names))
    }
    assert {each.__name__ for each in holding} == {"ClaimColumn"}
    assert all(issubclass(each, FormColumn) for each in holding)


def test_components_hold_no_form():
    """Laces renders components without the request's own context, too."""
    names = templates()
    ours = [each for each in subclasses(Component) if getattr(each, "template_name", None) in names]
    assert ours
    assert [
        each for each in ours if FORM.search(get_template(each.template_name).template.source)
    ] == []
