"""What is known while a request is answered: what was asked once, and what is handed on."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import TypeVar, cast

from django.http import HttpRequest, HttpResponse

Question = TypeVar("Question", bound=Hashable)  # such as a user, by the primary key
Answer = TypeVar("Answer")


@dataclass
class _Memory:
    # By the function that was asked and what it was asked of.
    answers: dict[tuple[Hashable, Hashable], object] = field(default_factory=dict)
    handed_on: dict[Hashable, object] = field(default_factory=dict)


_staying: set[Hashable] = set()  # functions whose answers no publication changes
_memory: ContextVar[_Memory | None] = ContextVar("memory", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember until the block ends, or the one that it stands in."""
    if _memory.get() is not None:
        yield
        return
    token = _memory.set(_Memory())
    try:
        yield
    finally:
        _memory.reset(token)


def asked_once(function: Callable[[Question], Answer]) -> Callable[[Question], Answer]:
    """Let a function of one thing be asked once in each request.

    A task or a command has no request: there it is asked each time, unless in ``remembering``. What
    changes an answer, such as a user's groups, counts from the next request on.
    """

    @wraps(function)
    def remembered(question: Question) -> Answer:
        memory = _memory.get()
        if memory is None:
            return function(question)
        key = (function, question)
        if key not in memory.answers:
            memory.answers[key] = function(question)
        return cast("Answer", memory.answers[key])

    return remembered


def know(function: Callable[[Question], Answer], question: Question, answer: Answer) -> None:
    """Let a function that is asked once know an answer that came another way."""
    memory = _memory.get()
    if memory is not None:
        memory.answers[(getattr(function, "__wrapped__", function), question)] = answer


def stays(function: Callable[[Question], Answer]) -> Callable[[Question], Answer]:
    """Let a function that is asked once keep its answers whatever is published meanwhile."""
    _staying.add(getattr(function, "__wrapped__", function))
    return function


def forget() -> None:
    """Forget all answers that a publication may change."""
    memory = _memory.get()
    if memory is not None:
        for function, question in list(memory.answers):
            if function not in _staying:
                del memory.answers[function, question]


def hand_on(key: Hashable, value: object) -> None:
    """Hand something on to what a framework calls later in the request without telling it that."""
    memory = _memory.get()
    if memory is not None:
        memory.handed_on[key] = value


def handed_on(key: Hashable) -> object:
    """Return what was handed on in this request, None where nothing was."""
    memory = _memory.get()
    if memory is None:
        return None
    return memory.handed_on.get(key)


class MemoryMiddleware:
    """Remember while a request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with remembering():
            return self.get_response(request)
