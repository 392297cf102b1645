from django.urls import URLResolver, include, path
from wagtail import hooks

from . import chosen, machine_views, po_views, views

app_name = "translation_texts"

TRANSLATION = "translate/<int:translation_id>/"
urls = [
    path(f"{TRANSLATION}strings/<int:string_segment_id>/edit/", views.edit_text, name="edit_text"),
    path(
        f"{TRANSLATION}overrides/<int:overridable_segment_id>/edit/",
        views.edit_override,
        name="edit_override",
    ),
    path(f"{TRANSLATION}preview/", views.preview, name="preview"),
    path(f"{TRANSLATION}preview/<str:mode>/", views.preview, name="preview"),
    path(f"{TRANSLATION}pofile/download/", po_views.download, name="po_download"),
    path(f"{TRANSLATION}pofile/upload/", po_views.upload, name="po_upload"),
    path(f"{TRANSLATION}machine_translate/", machine_views.suggest_all, name="machine_translate"),
    path(
        f"{TRANSLATION}strings/<int:string_segment_id>/suggest/",
        machine_views.suggest_one,
        name="suggest",
    ),
    path(f"{TRANSLATION}chosen/<slug:kind>/<int:pk>/", chosen.chosen, name="chosen"),
    path(f"{TRANSLATION}confirm/", machine_views.confirm, name="confirm"),
]


# Before wagtail-localize, whose addresses these are.
@hooks.register("register_admin_urls", order=-10)
def register_addresses() -> list[URLResolver]:
    return [path("localize/", include((urls, app_name)))]
