"""The demo, with a bare view beside it."""

from ecca_site.settings.dev import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
