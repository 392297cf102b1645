from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from ecca_site.core import slots

        from .lists import latest_news, news_about

        slots.fill("news_list", "news/blocks/news_list.html", latest_news)
        slots.fill("profile", "news/about_partner.html", news_about)
