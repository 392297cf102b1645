from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Speaker


class SpeakerViewSet(SnippetViewSet):
    model = Speaker
    icon = "group"
    add_to_admin_menu = True
    menu_order = 310
    list_display = ["name", "role", "organisation", "locale"]
    search_fields = ["name"]


register_snippet(SpeakerViewSet)
