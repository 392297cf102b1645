"""What is asked of the cache, each time with its keys."""

from contextlib import contextmanager

from django.core.cache import caches

WAYS = ("get", "get_many", "set", "set_many", "add", "delete", "delete_many", "has_key")


@contextmanager
def counted_ways():
    """Collect what is asked of the cache, each way to it with its keys."""
    backend, ways, depth = caches["default"], [], [0]

    def counting(name):
        real = getattr(type(backend), name)

        def asked(keys, *args, **kwargs):
            if not depth[0]:
                ways.append((name, [keys] if isinstance(keys, str) else list(keys)))
            depth[0] += 1
            try:
                return real(backend, keys, *args, **kwargs)
            finally:
                depth[0] -= 1

        return asked

    for name in WAYS:
        setattr(backend, name, counting(name))
    try:
        yield ways
    finally:
        for name in WAYS:
            delattr(backend, name)
