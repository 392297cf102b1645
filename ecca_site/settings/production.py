"""Production: everything secret or local comes from the environment, and a missing piece stops the
start.
"""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import env

DEBUG = False
SECRET_KEY = env("SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or "demo" in SECRET_KEY.lower():
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters of its own.")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's hosts.")

WAGTAILADMIN_BASE_URL = env("ECCA_BASE_URL")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[WAGTAILADMIN_BASE_URL])

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Which header the proxy puts a visitor's address into. The proxy must overwrite what a visitor
# sends under this name, and nobody but the proxy may reach this server (see bind in
# deploy/gunicorn.py).
CLIENT_ADDRESS_HEADER = env("ECCA_CLIENT_ADDRESS_HEADER", default="HTTP_X_REAL_IP")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SECOND_FACTOR_REQUIRED = env.bool("ECCA_SECOND_FACTOR_REQUIRED", default=True)
CSRF_COOKIE_SECURE = True
