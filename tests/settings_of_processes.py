"""The tests' settings for the processes that tests start: what production does, with what the environment says."""

from ecca_site.settings.base import env
from ecca_site.settings.test import *

TASKS = {"default": {"BACKEND": env("TEST_TASKS", default="django_tasks_db.DatabaseBackend")}}
vars().update(env.email("EMAIL_URL", default="memorymail://"))
MAIL_TRANSPORT, EMAIL_BACKEND = vars()["EMAIL_BACKEND"], "ecca_site.mail.backend.OutboxBackend"
EMAIL_TIMEOUT = env.int("TEST_EMAIL_TIMEOUT", default=10)
