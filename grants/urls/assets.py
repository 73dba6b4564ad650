"""Addresses of acquired property and 財産処分."""

from django.urls import URLPattern, path

from ..assets import views

urlpatterns: list[URLPattern] = [
    path("grants/applications/<uuid:pk>/assets/", views.assets, name="assets"),
    path("grants/applications/<uuid:pk>/assets/paper/", views.assets_paper, name="assets_paper"),
    path("grants/assets/<uuid:pk>/", views.asset_detail, name="asset_detail"),
    path("grants/assets/<uuid:pk>/<slug:act>/", views.asset_act, name="asset_act"),
    path("grants/disposals/<uuid:pk>/", views.disposal_detail, name="disposal_detail"),
    path("grants/disposals/<uuid:pk>/<slug:act>/", views.disposal_act, name="disposal_act"),
]
