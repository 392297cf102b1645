import logging
import time

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

RETRY_SECONDS = 5


class ForgivingRedisCache(RedisCache):
    """A cache whose loss slows the site down but does not stop it.

    A server that does not answer is left alone for RETRY_SECONDS, so that a page waits once and not twenty times.
    """

    def __init__(self, server, params):
        timeouts = {"socket_connect_timeout": 1, "socket_timeout": 1}  # seconds
        super().__init__(server, {**params, "OPTIONS": {**timeouts, **params.get("OPTIONS", {})}})
        self._left_alone_until = 0

    def _forgiving(self, method, default, *args, **kwargs):
        if time.monotonic() < self._left_alone_until:
            return default
        try:
            return getattr(super(), method)(*args, **kwargs)
        except RedisError as error:
            logger.warning("The cache does not answer: %s", error)
            self._left_alone_until = time.monotonic() + RETRY_SECONDS
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
