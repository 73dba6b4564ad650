"""Addresses of the whole portal. Each app brings its own paths from the root."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.kernel.urls")),
    path("", include("portal.accounts.urls")),
    path("accounts/", include("portal.accounts.sign_in_urls")),
    path("", include("portal.areas.urls")),
    path("", include("portal.documents.urls")),
    path("", include("communities.urls")),
    path("", include("grants.urls")),
    path("", include("portal.indicators.urls")),
    path("", include("portal.site.urls")),
    path("admin/", admin.site.urls),
]
handler400 = "portal.kernel.errors.bad_request"
handler403 = "portal.kernel.errors.permission_denied"
handler404 = "portal.kernel.errors.page_not_found"
handler429 = "portal.kernel.errors.too_many_requests"
handler500 = "portal.kernel.errors.server_error"
