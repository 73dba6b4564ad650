"""Addresses of 一件書類 and 黒塗り."""

from django.urls import URLPattern, path

from ..dossier import views

_COPY = "staff/grants/redactions/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path("staff/grants/applications/<uuid:pk>/dossier/", views.dossier_list, name="dossier_list"),
    path("staff/grants/dossiers/<uuid:pk>/file/", views.dossier_file, name="dossier_file"),
    path("staff/grants/dossiers/<uuid:pk>/redact/", views.redaction_new, name="redaction_new"),
    path(_COPY, views.redaction_detail, name="redaction_detail"),
    path(f"{_COPY}file/", views.redaction_file, name="redaction_file"),
    path(f"{_COPY}pages/<int:page>/", views.redaction_page, name="redaction_page"),
    path(f"{_COPY}marks/<uuid:mark_pk>/remove/", views.redaction_mark_remove, name="redaction_mark_remove"),
    path(f"{_COPY}<slug:act>/", views.redaction_act, name="redaction_act"),
]
