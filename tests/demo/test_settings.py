import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from ecca_site.settings import base, dev


def test_only_the_demos_settings_install_the_demo():
    assert "ecca_site.demo" in dev.INSTALLED_APPS
    assert "ecca_site.demo" not in base.INSTALLED_APPS


def test_other_settings_refuse_to_start_with_it(settings):
    settings.IS_DEMO = False
    with pytest.raises(ImproperlyConfigured, match="demo's settings alone"):
        apps.get_app_config("demo").ready()
