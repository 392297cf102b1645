from django.conf import settings
from django.urls import include, path, re_path
from django.urls.resolvers import LocalePrefixPattern, URLResolver
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView, TemplateView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from ecca_site.access.explorer import choose_page
from ecca_site.delivery import files
from ecca_site.delivery import views as core_views
from ecca_site.i18n.languages import url_prefix
from ecca_site.intake.once import acts_once
from ecca_site.mail.password_reset import PasswordResetView
from ecca_site.moderation import guests
from ecca_site.moderation.one_at_a_time import one_at_a_time
from home import sitemap
from home import views as home_views
from news import feeds
from partners.api import router as api
from search import views as search_views


class ShortLocalePrefixPattern(LocalePrefixPattern):
    """Languages under their first two letters: Django's "sr-latn" is served under /sr/."""

    @property
    def language_prefix(self) -> str:
        return f"{url_prefix(get_language())}/"


in_language = [
    # In the place of Wagtail's page to sign in outside the CMS, which knows no second factor.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="wagtailadmin_login"),
        name="wagtailcore_login",
    ),
    path("search/", search_views.search, name="search"),
    path("news.rss", core_views.reading(feeds.NewsRssFeed()), name="news_rss"),
    path("news.atom", core_views.reading(feeds.NewsAtomFeed()), name="news_atom"),
    path("", include("conferences.urls")),
    path("", include("partners.urls")),
    re_path(wagtail_urls.serve_pattern, core_views.page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]

cms = [
    # Before Wagtail's own views at some of the same addresses.
    path("", include("ecca_site.access.own_account.urls")),
    path("choose-page/", choose_page, name="wagtailadmin_choose_page"),
    path("choose-page/<int:parent_page_id>/", choose_page, name="wagtailadmin_choose_page_child"),
    path("", include(wagtailadmin_urls)),
]
cms = decorate_urlpatterns(cms, one_at_a_time)

everything = [
    path("", home_views.root, name="root"),
    # Before Wagtail's own view at this address, which asks the database and mails inside the
    # request.
    path(
        "cms/password_reset/",
        never_cache(PasswordResetView.as_view()),
        name="wagtailadmin_password_reset",
    ),
    path("cms/", include(cms)),
    # In the place of Wagtail's view, which knows no drafts.
    re_path(r"^documents/(\d+)/(.*)$", files.document, name="document"),
    path("documents/", include(wagtaildocs_urls)),
    path("review/<str:token>/", guests.guest, name="moderation_guest"),
    path("review/<str:token>/version/", guests.guest_version, name="moderation_guest_version"),
    path("api/v2/", api.urls),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<slug:prefix>-<int:number>.xml", sitemap.piece, name="sitemap_piece"),
    path("robots.txt", TemplateView.as_view(template_name="robots.txt", content_type="text/plain")),
    path("healthz", core_views.healthz),
    re_path(r"^media/(?P<path>.*)$", files.media),
    URLResolver(ShortLocalePrefixPattern(), in_language),
]
urlpatterns = decorate_urlpatterns(everything, acts_once)

handler400 = "ecca_site.delivery.views.bad_request"
handler403 = "ecca_site.delivery.views.permission_denied"
handler404 = "home.views.not_found"
handler500 = "ecca_site.delivery.views.server_error"

if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns += staticfiles_urlpatterns()
