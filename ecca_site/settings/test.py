"""The test suite: fast hashing, mail in memory, the plain static storage."""

import tempfile

from .dev import *

MEDIA_ROOT = tempfile.mkdtemp(prefix="ecca-media-")
STATIC_ROOT = tempfile.mkdtemp(prefix="ecca-static-")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "published": {
        "BACKEND": "ecca_site.uploads.storage.PublishedFiles",
        "OPTIONS": {"location": tempfile.mkdtemp(prefix="ecca-published-")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
AXES_ENABLED = False
