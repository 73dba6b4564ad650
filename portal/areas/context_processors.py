"""What every template knows about the government it speaks for."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from . import site


def authority(request: HttpRequest) -> dict[str, Any]:
    """`authority`: worked out when a template first asks, so fragments without a head cost nothing."""
    return {"authority": SimpleLazyObject(lambda: site.authority_of(request))}
