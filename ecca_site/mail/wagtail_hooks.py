from collections.abc import Mapping

from django import forms
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from . import views
from .models import Mail, MailPreference


class SuperuserMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    return [
        path("mails/", views.MailView.as_view(), name="mails"),
        path("mails/results/", views.MailView.as_view(results_only=True), name="mails_results"),
        path("mails/again/", views.send_again, name="mail_again"),
        path("mails/<int:pk>/", views.OneMailView.as_view(), name="mail"),
    ]


@hooks.register("register_reports_menu_item")
def failed_mails_menu_item() -> SuperuserMenuItem:
    return SuperuserMenuItem(
        _("Mails that failed"), reverse("mails"), name="mails", icon_name="mail", order=800
    )


class GivenUp(Component):
    """A warning for administrators as long as a mail was given up."""

    name = "mails_given_up"
    order = 10

    def render_html(self, parent_context: Mapping[str, object] | None = None) -> str:
        number = Mail.objects.given_up().count()
        if not number:
            return ""
        text = ngettext(
            "%(number)s mail could not be sent.", "%(number)s mails could not be sent.", number
        )
        return format_html(
            '<p class="help-block help-critical">{} <a href="{}">{}</a></p>',
            text % {"number": number},
            reverse("mails"),
            _("Look at them"),
        )


@hooks.register("construct_homepage_panels")
def warn_of_mails(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.is_superuser:
        panels.insert(0, GivenUp())


class PreferenceForm(forms.ModelForm):
    class Meta:
        model = MailPreference
        fields = ["rhythm", "wants_reviews"]

    def __init__(self, *args: object, instance: AbstractUser, **kwargs: object) -> None:
        preference = MailPreference.objects.filter(user=instance).first()
        if preference is None:
            preference = MailPreference(user=instance)
        super().__init__(*args, instance=preference, **kwargs)
        if not instance.is_superuser:
            del self.fields["wants_reviews"]


@hooks.register("register_account_settings_panel")
class MailPanel(BaseSettingsPanel):
    name = "mail"
    title = _("Mails")
    tab = notifications_tab
    order = 150
    form_class = PreferenceForm
