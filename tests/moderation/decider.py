"""One of two moderators in a process of its own: reads a decision a line, takes it at the moment it
says.

Run as ``python -m tests.moderation.decider``; see ``test_races``.
"""

import json
import re
import sys
import time

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402  after the set-up
from django.test import Client  # noqa: E402

ROUTES = {
    "review": (
        "/cms/moderation/{state}/",
        lambda action: {"action": action, "comment": "Because."},
    ),
    "wagtail": (
        "/cms/pages/workflow/action/{page}/{action}/{state}/",
        lambda action: {"comment": "Because."},
    ),
}


def main():
    clients = {}
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        if order["user"] not in clients:
            clients[order["user"]] = Client()
            clients[order["user"]].force_login(get_user_model().objects.get(pk=order["user"]))
        client = clients[order["user"]]
        client.cookies.pop("messages", None)  # of the rounds before
        address, data = ROUTES[order["route"]]
        while time.time() < order["at"]:
            pass  # sleeping is too coarse for a race
        response = client.post(address.format(**order), data(order["action"]))
        told = [str(message) for message in response.wsgi_request._messages._queued_messages]
        told += re.findall(
            r"\w+ has (?:approved this|asked for changes) meanwhile\.", response.content.decode()
        )
        told = sorted({text.strip() for text in told})
        print(json.dumps({"status": response.status_code, "told": told}), flush=True)


main()
