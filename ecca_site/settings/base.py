"""Settings every environment shares; what differs comes from the environment or a sibling."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from .limits import *
from .machine_translation import WAGTAILLOCALIZE_MACHINE_TRANSLATOR  # noqa: F401  a setting
from .second_factor import *
from .time_zones import WAGTAIL_USER_TIME_ZONES  # noqa: F401  a setting

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env("ECCA_VAR_DIR", default=str(BASE_DIR / "var")))

SITE_NAME = "European Circular Construction Alliance"
WAGTAIL_SITE_NAME = "ECCA"

INSTALLED_APPS = [
    "home",
    "search",
    "ecca_site.guide",
    "news",
    "conferences",
    "partners",
    "ecca_site.access",
    "ecca_site.translation.localize",
    "ecca_site.translation.checks",
    "ecca_site.translation.glossary",
    "ecca_site.translation",
    "ecca_site.moderation",
    "ecca_site.mail",
    "ecca_site.core",
    "ecca_site.delivery",
    "ecca_site.uploads",
    "ecca_site.intake",
    "ecca_site.workers",
    "ecca_site.i18n",
    "ecca_site.users",
    "allauth.account",
    "allauth.mfa",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "ecca_site.users.wagtail_users.UsersAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "ecca_site.moderation.wagtail_admin.AdminWithoutMailsConfig",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ecca_site.delivery.middleware.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "ecca_site.delivery.middleware.HeadMiddleware",
    "ecca_site.delivery.memory.MemoryMiddleware",
    "ecca_site.delivery.middleware.MalformedRequestMiddleware",
    "ecca_site.delivery.middleware.VisitorMiddleware",
    "ecca_site.delivery.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ecca_site.delivery.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ecca_site.users.middleware.LastUseMiddleware",
    "ecca_site.delivery.middleware.CmsLanguageMiddleware",
    "ecca_site.delivery.middleware.RefusalMiddleware",
    "ecca_site.uploads.middleware.UploadNotesMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    "ecca_site.access.gate.GateMiddleware",
    "ecca_site.moderation.middleware.ReviewRefusedMiddleware",
    "ecca_site.translation.submission.middleware.TranslationLockMiddleware",
    "ecca_site.translation.submission.middleware.NamedTranslationsMiddleware",
    # The last one: what it does again are the views, and what the others say before them.
    "ecca_site.delivery.conflicts.ConflictMiddleware",
]

ROOT_URLCONF = "ecca_site.urls"
WSGI_APPLICATION = "ecca_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "ecca_site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Database: PostgreSQL where DATABASE_URL says so, else an embedded SQLite file ---------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'ecca.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
        ),
    }
else:
    # A pool here: django-environ hands over "pool=true" as a string. No JIT: it takes longer than
    # any query of ours.
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
        "options": "-c jit=off",
    }

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if REDIS_URL := env("REDIS_URL", default=""):
    redis = "ecca_site.delivery.cache.ForgivingRedisCache"
    CACHES = {"default": {"BACKEND": redis, "LOCATION": REDIS_URL}}

# --- Users and sign-in ---------------------------------------------------------------------------
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
WAGTAILADMIN_USER_LOGIN_FORM = "ecca_site.access.sign_in.SignInForm"
CSRF_FAILURE_VIEW = "ecca_site.delivery.views.csrf_failure"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "ecca_session"  # of no other site below the same domain

# --- Languages -----------------------------------------------------------------------------------
# Serbian is written in Latin script: "sr-latn" to Django and Babel, /sr/ in addresses (see
# urls.py).
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Ljubljana"
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", "English"),
    ("sl", "Slovenščina"),
    ("pl", "Polski"),
    ("es", "Español"),
    ("pt", "Português"),
    ("hu", "Magyar"),
    ("sr-latn", "Srpski"),
]
LOCALE_PATHS = [BASE_DIR / "ecca_site" / "locale"]
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # as in the slugs of translations: č is c
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# --- Files ---------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "ecca_site" / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "ecca_site.uploads.storage.PrivateFiles"},
    "published": {"BACKEND": "ecca_site.uploads.storage.PublishedFiles"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Wagtail -------------------------------------------------------------------------------------
WAGTAIL_ENABLE_UPDATE_CHECK = False  # it calls out
WAGTAILADMIN_BASE_URL = env("ECCA_BASE_URL", default="http://127.0.0.1:8000")
WAGTAIL_AUTOSAVE_INTERVAL = 5000  # milliseconds
WAGTAIL_FINISH_WORKFLOW_ACTION = "ecca_site.moderation.publishing.publish_approved"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request to another host
WAGTAILIMAGES_IMAGE_MODEL = "uploads.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "ecca_site.uploads.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "heic", "heif", "jpg", "jpeg", "png", "svg", "webp"]
# A photograph of 64 megapixels; what is kept is smaller.
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "uploads.CustomDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "ecca_site.uploads.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "ics",
    "mp4",
    "odp",
    "ods",
    "odt",
    "pdf",
    "pptx",
    "vtt",
    "webm",
    "xlsx",
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf", "video/mp4", "video/webm", "text/vtt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS = []  # an embed is a third-party request
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]},
    }
}
TAGGIT_CASE_INSENSITIVE = True

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Mail ----------------------------------------------------------------------------------------
# Everything goes into the database first; a worker sends it by the transport that EMAIL_URL names.
vars().update(env.email("EMAIL_URL", default="consolemail://"))
MAIL_TRANSPORT, EMAIL_BACKEND = vars()["EMAIL_BACKEND"], "ecca_site.mail.backend.OutboxBackend"
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env("ECCA_FROM_EMAIL", default="ECCA <ecca@example.org>")

# --- What a browser may do on our pages ----------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
# The page editor and the listings of Wagtail 8.0 hold inline scripts and styles.
CMS_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}
PERMISSIONS_POLICY = {
    key: [] for key in "camera display-capture geolocation microphone payment usb".split()
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"  # Wagtail itself allows the frames of its previews

PAGE_CACHE_SECONDS = env.int("ECCA_PAGE_CACHE_SECONDS", default=300)
# A cache in front cannot know of a publication: it may keep a page for a burst of visits alone.
SHARED_CACHE_SECONDS = env.int("ECCA_SHARED_CACHE_SECONDS", default=5)
IS_DEMO = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # What visitors mistype is no news.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
