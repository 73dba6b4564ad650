"""A cache that may be gone: reads miss, writes are lost, nothing breaks. Rate limits then fall back to memory."""

from typing import Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = structlog.get_logger("cache")


def _tolerant(name: str) -> Any:
    def method(self: "TolerantRedisCache", *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(TolerantRedisCache, self), name)(*args, **kwargs)
        except (RedisError, OSError) as problem:
            log.warning("cache_gone", operation=name, problem=type(problem).__name__)
            return getattr(self.fallback, name)(*args, **kwargs)

    method.__name__ = name
    return method


class TolerantRedisCache(RedisCache):
    """Redis, with a small memory of this process standing in while Redis is away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = params.setdefault("OPTIONS", {})
        options.setdefault("socket_timeout", 1)
        options.setdefault(
            "retry", Retry(NoBackoff(), 0)
        )  # the stand-in answers at once; no page waits for retries
        if not server.startswith("unix:"):
            options.setdefault("socket_connect_timeout", 1)
        super().__init__(server, params)
        self.fallback = LocMemCache("hiroba-fallback", {"OPTIONS": {"MAX_ENTRIES": 2000}})

    for _name in (
        "add",
        "get",
        "set",
        "touch",
        "delete",
        "get_many",
        "has_key",
        "incr",
        "set_many",
        "delete_many",
        "clear",
    ):
        locals()[_name] = _tolerant(_name)
    del _name
