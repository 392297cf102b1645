import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecca_site.settings.production")

application = get_wsgi_application()

from ecca_site.access.checks import refuse_demo_accounts  # noqa: E402  needs the apps

refuse_demo_accounts()
