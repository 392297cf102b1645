from .index import NewsIndexPage
from .page import NewsPage, NewsPageQuerySet, Topic

__all__ = ["NewsIndexPage", "NewsPage", "NewsPageQuerySet", "Topic"]
