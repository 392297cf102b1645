"""What is asked once in a request is asked anew in the next one."""

import pytest
from django.http import HttpResponse

from ecca_site.delivery import versions
from ecca_site.delivery.memory import (
    MemoryMiddleware,
    asked_once,
    forget,
    hand_on,
    handed_on,
    remembering,
    stays,
)


@pytest.fixture
def questions():
    return []


@pytest.fixture
def ask(questions):
    @asked_once
    def ask(number):
        questions.append(number)
        return number * 2

    return ask


def test_a_question_is_asked_once_in_a_request_and_again_in_the_next(ask, questions, rf):
    def view(request):
        return HttpResponse(f"{ask(1)} {ask(1)} {ask(2)}")

    answer = MemoryMiddleware(view)
    assert answer(rf.get("/")).content == b"2 2 4"
    assert questions == [1, 2]
    answer(rf.get("/"))
    assert questions == [1, 2, 1, 2]


def test_without_a_request_each_question_is_asked(ask, questions):
    assert [ask(1), ask(1)] == [2, 2]
    assert questions == [1, 1]


def test_two_functions_have_answers_of_their_own(ask):
    @asked_once
    def other(number):
        return -number

    with remembering():
        assert [ask(1), other(1), ask(1), other(1)] == [2, -1, 2, -1]


def test_a_request_that_fails_leaves_nothing_behind(ask, questions, rf):
    def view(request):
        raise ValueError(ask(1))

    with pytest.raises(ValueError, match="2"):
        MemoryMiddleware(view)(rf.get("/"))
    ask(1)
    assert questions == [1, 1]


def test_a_block_inside_another_remembers_with_it(ask, questions):
    with remembering():
        with remembering():
            ask(1)
        ask(1)
    assert questions == [1]


def test_a_publication_makes_all_be_asked_anew(db, ask, questions):
    with remembering():
        ask(1)
        versions.bump(["en"])
        ask(1)
    assert questions == [1, 1]


def test_what_is_handed_on_stays_in_its_request(db):
    with remembering():
        hand_on("key", "value")
        versions.bump(["en"])
        assert handed_on("key") == "value"
        assert handed_on("another key") is None
    assert handed_on("key") is None
    with remembering():
        assert handed_on("key") is None


def test_a_publication_leaves_answers_that_it_does_not_change():
    asked = []

    @asked_once
    def changing(question):
        asked.append(question)

    @stays
    @asked_once
    def staying(question):
        asked.append(question)

    with remembering():
        for _time in range(2):
            changing("changes")
            staying("stays")
            forget()
    assert asked == ["changes", "stays", "changes"]
