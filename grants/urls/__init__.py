"""Addresses of the grants (fixed by interface.md; new ones only below them)."""

from . import applications, commission, deciding, dispatch, needs, presence, programmes

app_name = "grants"

urlpatterns = [
    *applications.urlpatterns,
    *deciding.urlpatterns,
    *dispatch.urlpatterns,
    *needs.urlpatterns,
    *commission.urlpatterns,
    *presence.urlpatterns,
    *programmes.urlpatterns,
]
