"""Addresses of taking lists out."""

from django.urls import path

from ..views import exports

urlpatterns = [
    path("staff/exports/<slug:kind>/new/", exports.staff_export_new, name="staff_export_new"),
    path("staff/exports/<uuid:pk>/", exports.staff_export_detail, name="staff_export_detail"),
    path("staff/exports/<uuid:pk>/file/", exports.staff_export_file, name="staff_export_file"),
]
