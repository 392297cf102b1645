"""Whose words a version holds, by all that was saved before it."""

import json

import pytest

from ecca_site.access import roles
from ecca_site.moderation.authorship import writers_of
from ecca_site.moderation.models import ReviewRefused, authors_of

LONG = "The old wall came down on Monday, brick by brick, and every one of them was kept."


def stream(*texts):
    rows = [
        {"id": str(number), "type": "paragraph", "value": text} for number, text in enumerate(texts)
    ]
    return {"body": json.dumps(rows)}


@pytest.mark.parametrize(("approved", "saves", "writers"), [
    # Of a new page everybody whose words are left.
    (None, [(1, {"city": "Celje"})], {1}),
    (None, [(1, {"city": "Celje"}), (2, {"city": "Koper"})], {2}),
    (None, [(1, {"city": "Celje"}), (2, {"city": "Celje"})], {1}),
    (None, [(1, {"city": "Celje", "title": "A"}), (2, {"city": "Koper", "title": "A"})], {1, 2}),
    # Who brings back another's words has not written them alone.
    (None, [(1, {"city": "Celje"}), (2, {"city": "Koper"}), (3, {"city": "Celje"})], {1, 3}),
    # What visitors read was approved.
    ({"city": "Celje"}, [(1, {"city": "Celje"}), (2, {"city": "Koper"})], {2}),
    ({"city": "Celje"}, [(1, {"city": "Celje"})], set()),
    # Nobody known is nobody.
    (None, [(None, {"city": "Celje"})], set()),
    # A comma, a word, a block beside it, another order.
    (None, [(1, {"text": LONG}), (2, {"text": LONG.replace(",", ";")})], {1}),
    (None, [(1, {"text": LONG}), (2, {"text": LONG.replace("Monday", "Friday")})], {1, 2}),
    (None, [(1, {"text": LONG}), (2, {"text": "Nothing of it is left."})], {2}),
    (None, [(1, stream(LONG)), (2, stream(LONG, "Another."))], {1, 2}),
    (None, [(1, stream(LONG, "Another.")), (2, stream("Another.", LONG))], {1}),
    (stream(LONG), [(1, stream(LONG)), (2, stream("Another.", LONG))], {2}),
    # What is kept of the page is nobody's text.
    (
        None,
        [
            (1, {"city": "Celje", "latest_revision": 1}),
            (2, {"city": "Celje", "latest_revision": 2}),
        ],
        {1},
    ),
    # What looks like a stream and is none.
    (None, [(1, {"city": "[Celje"}), (2, {"city": "[Koper"})], {2}),
    (None, [(1, {"is_member": True}), (2, {"is_member": False})], {2}),
])  # fmt: skip
def test_whoever_wrote_words_that_are_left_is_a_writer(approved, saves, writers):
    assert writers_of(saves[-1][1], approved, saves) == writers


@pytest.fixture
def both(person, site):
    """Somebody who edits and moderates."""
    return person("both", roles.EDITOR.name, roles.PARTNER_MODERATOR.name)


def save(profile, user, **values):
    for name, value in values.items():
        setattr(profile, name, value)
    profile.save_revision(user=user)


def test_unchanged_saves_make_nobody_forget_who_wrote(profile, submit, editor, both):
    save(profile, both, city="Celje")
    for _number in range(25):
        save(profile, editor)
    state = submit(profile, editor, city="Celje")
    with pytest.raises(ReviewRefused, match="cannot approve it"):
        state.task.specific.on_action(state, both, "approve")


def test_another_field_that_a_colleague_changes_does_not_either(profile, submit, editor, both):
    save(profile, both, city="Celje")
    state = submit(profile, editor, legal_name="Stone and Sons")
    assert authors_of(state) == {editor.pk, both.pk}
    with pytest.raises(ReviewRefused, match="cannot approve it"):
        state.task.specific.on_action(state, both, "approve")


def test_whose_words_visitors_read_already_is_no_author(profile, submit, editor, both):
    save(profile, both, city="Celje")
    profile.get_latest_revision().publish()
    profile.refresh_from_db()
    state = submit(profile, editor, legal_name="Stone and Sons")
    assert authors_of(state) == {editor.pk}


def test_to_ask_is_constant_in_queries(profile, submit, editor, both, django_assert_num_queries):
    save(profile, both, city="Celje")
    state = submit(profile, editor, legal_name="Stone and Sons")
    with django_assert_num_queries(7, exact=False) as few:
        authors_of(state)
    state.workflow_state.cancel(user=editor)
    for number in range(12):
        save(profile, editor, city=f"City {number}")
    state = submit(profile, editor, city="Koper")
    with django_assert_num_queries(len(few)):
        authors_of(state)
