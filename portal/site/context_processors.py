"""What every page knows about the installation itself."""

from django.conf import settings
from django.http import HttpRequest


def demo(request: HttpRequest) -> dict[str, bool]:
    """`is_demo`: whether this installation shows invented people. No query."""
    return {"is_demo": settings.DEMO}
