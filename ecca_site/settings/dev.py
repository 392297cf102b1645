"""The demo and development: an embedded database, demo accounts, tasks at once."""

from .base import *
from .base import VAR_DIR, env

INSTALLED_APPS = ["ecca_site.demo", *INSTALLED_APPS]
DEBUG = env.bool("DEBUG", default=False)
IS_DEMO = True
SECRET_KEY = "demo-only-not-a-secret"  # noqa: S105  production.py refuses to start with it
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
SILENCED_SYSTEM_CHECKS = [
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
    "security.W009",
]
