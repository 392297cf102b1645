"""Machine translation is off unless the environment names a service.

Texts leave this server only then.
"""

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
CLASSES = {
    "libretranslate": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
    "deepl": "wagtail_localize.machine_translators.deepl.DeepLTranslator",
}


def read() -> dict | None:
    """Return wagtail-localize's setting, None without a service.

    Raises:
        ImproperlyConfigured: the service is unknown, or lacks its address or key.
    """
    service, key = (
        env("ECCA_MACHINE_TRANSLATOR", default=""),
        env("ECCA_MACHINE_TRANSLATOR_KEY", default=""),
    )
    if not service:
        return None
    if service not in CLASSES:
        raise ImproperlyConfigured(f"ECCA_MACHINE_TRANSLATOR must be one of {', '.join(CLASSES)}.")
    if service == "deepl":
        if not key:
            raise ImproperlyConfigured("DeepL needs ECCA_MACHINE_TRANSLATOR_KEY.")
        return {"CLASS": CLASSES[service], "OPTIONS": {"AUTH_KEY": key}}
    url = env("ECCA_MACHINE_TRANSLATOR_URL", default="").rstrip("/")
    if not url:
        raise ImproperlyConfigured("LibreTranslate needs ECCA_MACHINE_TRANSLATOR_URL.")
    return {
        "CLASS": CLASSES[service],
        "OPTIONS": {"LIBRETRANSLATE_URL": url, "API_KEY": key, "TIMEOUT": 20},
    }


WAGTAILLOCALIZE_MACHINE_TRANSLATOR = read()
