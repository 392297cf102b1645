"""Acts at the same moment, each in a thread with a connection of its own."""

import threading

import pytest
from django.db import connection
from django.test import Client

ROUNDS = [5, pytest.param(200, marks=pytest.mark.soak)]
MARKS = [
    # SQLite writes one transaction after the other.
    pytest.mark.only_on("postgresql"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def at_once(*acts):
    """Begin all acts together; return what each of them returned or raised."""
    results, barrier = [None] * len(acts), threading.Barrier(len(acts))

    def run(number, act):
        barrier.wait()
        try:
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def signed_in(user):
    """Return a client whose errors are answers, as visitors would get them."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client
