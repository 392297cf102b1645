from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .views import guide

# Wagtail's own news and manual say nothing of this site.
FOREIGN_HELP = ("editor-guide", "whats-new-in-wagtail")


@hooks.register("register_admin_urls")
def register_guide() -> list[URLPattern]:
    return [path("guide/", guide, name="guide")]


@hooks.register("register_help_menu_item")
def guide_menu_item() -> MenuItem:
    return MenuItem(
        _("Guide for your role"), reverse("guide"), icon_name="help", name="guide", order=100
    )


@hooks.register("construct_help_menu")
def offer_our_help_alone(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if not item.name.startswith(FOREIGN_HELP)]
