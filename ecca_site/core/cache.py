import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """A cache whose loss slows the site down but does not stop it."""

    def _forgiving(self, method, default, *args, **kwargs):
        try:
            return getattr(super(), method)(*args, **kwargs)
        except RedisError as error:
            logger.warning("The cache does not answer: %s", error)
            return default

    def get(self, key, default=None, version=None):
        return self._forgiving("get", default, key, default, version)

    def set(self, *args, **kwargs):
        return self._forgiving("set", None, *args, **kwargs)

    def add(self, *args, **kwargs):
        return self._forgiving("add", False, *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._forgiving("touch", False, *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._forgiving("delete", False, *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._forgiving("get_many", {}, *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._forgiving("set_many", [], *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._forgiving("delete_many", None, *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._forgiving("has_key", False, *args, **kwargs)

    def incr(self, *args, **kwargs):
        return self._forgiving("incr", 1, *args, **kwargs)

    def clear(self):
        return self._forgiving("clear", False)
