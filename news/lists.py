"""The short lists of news that other rooms' pages show."""

from django.template import Context
from django.utils.translation import get_language

from .models import NewsPage, NewsPageQuerySet

MOST_ABOUT_A_PARTNER = 12  # the newest


def latest_news(context: Context) -> dict[str, list[NewsPage]]:
    """Return the newest news of the active language; where it has too few, those of others."""
    return {"items": NewsPage.objects.shown_in(get_language())[: context["self"]["count"]]}


def news_about(context: Context) -> dict[str, NewsPageQuerySet] | None:
    """Return the news that name the shown organisation, None where there are none."""
    found = NewsPage.objects.about_partner(context["page"])[:MOST_ABOUT_A_PARTNER]
    if not found:
        return None
    return {"related": found}
