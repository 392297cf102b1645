"""System checks that keep visitors from being taken for one another."""

import re

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def check_client_address(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Refuse a header of the visitor's address that is not written as Django keeps headers.

    Such a name is never found, and all visitors share one address.
    """
    name = settings.CLIENT_ADDRESS_HEADER
    if settings.IS_DEMO or re.fullmatch(r"HTTP_[A-Z0-9_]+", name):
        return []
    if name == "REMOTE_ADDR":
        hint = "Behind a proxy every visitor has its address: name the header that the proxy sets."
        return [checks.Warning("Visitors are counted by REMOTE_ADDR.", hint=hint, id="ecca.W010")]
    hint = "X-Real-IP is written HTTP_X_REAL_IP."
    return [Error(f"ECCA_CLIENT_ADDRESS_HEADER is no header: {name!r}.", hint=hint, id="ecca.E010")]
