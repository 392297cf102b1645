import logging
import time
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

RETRY_SECONDS = 5


class ForgivingRedisCache(RedisCache):
    """A cache whose loss slows the site down but does not stop it.

    A server that does not answer is left alone for RETRY_SECONDS, so that a page waits once and not
    twenty times. Meanwhile nothing is found and nothing is kept.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        timeouts = {"socket_connect_timeout": 1, "socket_timeout": 1}  # seconds
        options = {**timeouts, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._left_alone_until = 0.0

    def _forgiving(self, method: str, default: object, *args: object, **kwargs: object) -> Any:
        """Return what Django's method returns, or ``default`` where the server does not answer."""
        if time.monotonic() < self._left_alone_until:
            return default
        try:
            return getattr(super(), method)(*args, **kwargs)
        except RedisError as error:
            logger.warning("The cache does not answer: %s", error)
            self._left_alone_until = time.monotonic() + RETRY_SECONDS
            return default

    def get(self, key: str, default: object = None, version: int | None = None) -> Any:
        return self._forgiving("get", default, key, default, version)

    def set(self, *args: object, **kwargs: object) -> None:
        self._forgiving("set", None, *args, **kwargs)

    def add(self, *args: object, **kwargs: object) -> bool:
        return self._forgiving("add", False, *args, **kwargs)

    def touch(self, *args: object, **kwargs: object) -> bool:
        return self._forgiving("touch", False, *args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> bool:
        return self._forgiving("delete", False, *args, **kwargs)

    def get_many(self, *args: object, **kwargs: object) -> dict[str, Any]:
        return self._forgiving("get_many", {}, *args, **kwargs)

    def set_many(self, *args: object, **kwargs: object) -> list[str]:
        return self._forgiving("set_many", [], *args, **kwargs)

    def delete_many(self, *args: object, **kwargs: object) -> None:
        self._forgiving("delete_many", None, *args, **kwargs)

    def has_key(self, *args: object, **kwargs: object) -> bool:
        return self._forgiving("has_key", False, *args, **kwargs)

    def incr(self, *args: object, **kwargs: object) -> int:
        return self._forgiving("incr", 1, *args, **kwargs)

    def clear(self) -> bool:
        return self._forgiving("clear", False)
