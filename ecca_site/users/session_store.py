"""Sessions in rows that say whose they are, so that people can see and end their own.

A documented extension of Django's sessions in the database. What the row says besides stands in the
session itself, since Django writes the row anew each time.
"""

from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

DEVICE = "device"
STARTED_AT = "started_at"  # seconds since 1970
LAST_USED_AT = "last_used_at"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type:
        return apps.get_model("users", "SignIn")

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.device = data.get(DEVICE, "")
        row.started_at = _moment(data.get(STARTED_AT))
        row.last_used_at = _moment(data.get(LAST_USED_AT))
        return row


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
