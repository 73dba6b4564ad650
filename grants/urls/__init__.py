"""Addresses of the grants (fixed by interface.md; new ones only below them)."""

from . import applications, programmes

app_name = "grants"

urlpatterns = [*applications.urlpatterns, *programmes.urlpatterns]
