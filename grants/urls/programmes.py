"""Addresses of what is offered: the guide."""

from django.urls import URLPattern, path

from .. import views

urlpatterns: list[URLPattern] = [
    path("grants/guide/", views.guide, name="guide"),
]
