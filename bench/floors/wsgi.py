"""One process, three ways in: the product untouched, the bare floors, and the product's own door with an empty page.

/floor/…   bare Django: no middleware at all (bench.floors.urls)
/layout/   the product's middleware and layout around an empty body
the rest   the product exactly as portal.wsgi serves it
"""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.floors.settings")

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from portal.wsgi import application as product

FLOOR_ADDRESSES = "bench.floors.urls.FloorAddresses"


def with_middleware(names: Sequence[str]) -> WSGIHandler:
    """A Django of its own in this process, with these middleware."""
    usual, settings.MIDDLEWARE = settings.MIDDLEWARE, list(names)
    try:
        return WSGIHandler()
    finally:
        settings.MIDDLEWARE = usual


bare = with_middleware([FLOOR_ADDRESSES])
layout = with_middleware([*settings.MIDDLEWARE, FLOOR_ADDRESSES])


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if path.startswith("/floor/"):
        return bare(environ, start_response)
    if path == "/layout/":
        return layout(environ, start_response)
    return product(environ, start_response)
