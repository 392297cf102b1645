"""The addresses of translations in the CMS, two of wagtail-localize's among them."""

from django.urls import path

from .coverage.views import CoverageView
from .languages import views as language_views
from .releases import views as release_views
from .submission import alarm_views, request_views, views

urlpatterns = [
    path(
        "localize/submit/page/<int:page_id>/",
        request_views.request_view,
        name="translation_request",
    ),
    path(
        "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
        request_views.instead_of_snippet,
        name="translation_sync",
    ),
    path(
        "localize/update/<int:translation_source_id>/",
        request_views.instead_of_sync,
        name="translation_sync",
    ),
    path(
        "translations/pages/<int:page_id>/",
        request_views.request_view,
        name="translation_request",
    ),
    path(
        "translations/pages/<int:page_id>/together/",
        release_views.release_view,
        name="translation_together",
    ),
    path(
        "translations/request/",
        request_views.request_many_view,
        name="translation_request_many",
    ),
    path("translations/", CoverageView.as_view(), name="translation_coverage"),
    path(
        "translations/results/",
        CoverageView.as_view(results_only=True),
        name="translation_coverage_results",
    ),
    path("translations/languages/", language_views.languages_view, name="translation_languages"),
    path(
        "translations/languages/<str:language_code>/",
        language_views.set_up_view,
        name="translation_language_set_up",
    ),
    path(
        "translations/<int:translation_id>/submit/",
        views.submit_view,
        name="translation_submit",
    ),
    path(
        "translations/<int:translation_id>/texts/<int:segment_id>/",
        views.text_view,
        name="translation_text",
    ),
    path(
        "translations/<int:translation_id>/alarms/",
        alarm_views.alarms_view,
        name="translation_alarms",
    ),
    path(
        "translations/<int:translation_id>/alarms/dismiss/",
        alarm_views.dismiss_view,
        name="translation_alarm_dismiss",
    ),
    path(
        "translations/<int:translation_id>/alarms/mend/",
        alarm_views.mend_view,
        name="translation_alarm_mend",
    ),
    path(
        "translations/pages/<int:page_id>/confirm/",
        views.confirm_view,
        name="translation_confirm",
    ),
]
