"""Whole addresses of our own pages, for mails, papers and feeds: they are read outside the site."""

from typing import Any

from django.conf import settings
from django.urls import reverse


def whole(page: str, *args: Any) -> str:
    """The address of a named page, or of a path that begins with "/", with the site in front of it."""
    path = page if page.startswith("/") else reverse(page, args=args)
    return f"{settings.BASE_URL}{path}"
