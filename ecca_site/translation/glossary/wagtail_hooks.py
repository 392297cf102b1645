from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from . import views
from .models import Term


class GlossaryViewSet(ModelViewSet):
    """The glossary, which administrators write and everybody who works on texts reads."""

    model = Term
    index_view_class = views.TermsView
    name = "glossary"
    url_prefix = "glossary"
    icon = "openquote"
    menu_name = "glossary"
    menu_label = _("Glossary")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["name", "in_languages"]
    list_per_page = 50
    search_fields = ["name"]
    inspect_view_enabled = True
    inspect_view_fields = ["name", "explanation", "in_languages"]
    copy_view_enabled = False


@hooks.register("register_admin_viewset")
def register_glossary() -> GlossaryViewSet:
    return GlossaryViewSet()


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    return [
        path(
            "localize/translate/<int:translation_id>/hints/", views.hints, name="translation_hints"
        )
    ]
