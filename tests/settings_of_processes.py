"""The tests' settings for the processes that tests start.

What production does, with what the environment says.
"""

from ecca_site.settings.base import env
from ecca_site.settings.test import *

TASKS = {"default": {"BACKEND": env("TEST_TASKS", default="django_tasks_db.DatabaseBackend")}}
vars().update(env.email("EMAIL_URL", default="memorymail://"))
MAIL_TRANSPORT, EMAIL_BACKEND = vars()["EMAIL_BACKEND"], "ecca_site.mail.backend.OutboxBackend"
if "timeout" in DATABASES["default"]["OPTIONS"]:  # SQLite's, for whoever waits to write
    DATABASES["default"]["OPTIONS"]["timeout"] = 600  # no machine is too slow for the tests
EMAIL_TIMEOUT = env.int("TEST_EMAIL_TIMEOUT", default=10)
MEDIA_ROOT = env("TEST_MEDIA_ROOT", default=MEDIA_ROOT)
