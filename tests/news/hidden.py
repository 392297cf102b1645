"""News that visitors do not see."""

import datetime

from django.core.management import call_command
from django.utils import timezone

from news.models import NewsPage
from tests import factories


def hide_in_every_way(news):
    """Add a draft, and what was withdrawn, is over or is yet to come."""
    factories.add_news(news, title="Withdrawn").unpublish()
    draft = NewsPage(title="Draft", topic="events", summary="x", live=False, locale=news.locale)
    news.add_child(instance=draft)
    coming = NewsPage(title="Coming", topic="events", summary="x", live=False, locale=news.locale)
    news.add_child(instance=coming)
    coming.go_live_at = timezone.now() + datetime.timedelta(days=1)
    coming.save_revision().publish()
    over = factories.add_news(news, title="Over")
    over.expire_at = timezone.now() - datetime.timedelta(minutes=1)
    over.save()
    call_command("publish_scheduled")
    assert NewsPage.objects.get(pk=over.pk).expired
