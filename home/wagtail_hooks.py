from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem

from . import gate
from .coverage import frame_texts
from .profiles import OwnProfiles, OwnProfilesPanel, OwnProfilesSearch, has_profiles
from .site_setup import setup_roles
from .views import guide

# Wagtail's own news and manual say nothing of this site.
FOREIGN_HELP = {"editor-guide", "whats-new-in-wagtail"}


@hooks.register("register_admin_urls")
def register_guide():
    return [path("guide/", guide, name="guide")]


@hooks.register("register_help_menu_item")
def guide_menu_item():
    return MenuItem(_("Guide for your role"), reverse("guide"), icon_name="help", name="guide", order=100)


@hooks.register("construct_help_menu")
def only_our_help(request, menu_items):
    menu_items[:] = [item for item in menu_items if not any(item.name.startswith(name) for name in FOREIGN_HELP)]


@hooks.register("construct_main_menu")
@hooks.register("construct_reports_menu")
@hooks.register("construct_settings_menu")
def only_what_is_open(request, menu_items):
    """Offer nothing that the gate would refuse; Wagtail goes by its own permissions alone."""
    menu_items[:] = [item for item in menu_items if gate.leads_somewhere(getattr(item, "url", None), request.user)]


@hooks.register("construct_homepage_summary_items", order=100)  # after Wagtail has added its own
def count_pages_for_who_has_a_tree(request, summary_items):
    if not gate.is_open("wagtailadmin_explore", request.user):
        summary_items[:] = [item for item in summary_items if not isinstance(item, PagesSummaryItem)]


@hooks.register("register_admin_viewset")
def register_own_profiles():
    return OwnProfiles()


@hooks.register("register_admin_search_area")
def search_own_profiles():
    return OwnProfilesSearch(_("Your profile"), reverse("own_profiles:index"), name="own-profiles", order=50)


@hooks.register("construct_homepage_panels")
def begin_with_own_profiles(request, home_panels):
    if has_profiles(request.user):
        home_panels.append(OwnProfilesPanel(request))


@hooks.register("after_edit_page")
def back_to_where_one_came_from(request, page):
    """After a submission Wagtail shows the tree; who has none sees on the CMS home where the page stands now."""
    if "action-submit" in request.POST and not gate.is_open("wagtailadmin_explore", request.user):
        return redirect("wagtailadmin_home")
    return None


hooks.register("register_coverage_texts", frame_texts)
hooks.register("set_up_language", setup_roles)


@hooks.register("insert_global_admin_css")
def brand_the_cms():
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))
