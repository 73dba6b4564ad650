"""Addresses of payments."""

from django.urls import URLPattern, path

from .. import views

_ALL = "staff/grants/payments/"

urlpatterns: list[URLPattern] = [
    path(_ALL, views.payments, name="payments"),
    path(f"{_ALL}<uuid:pk>/", views.payment_detail, name="payment_detail"),
    path(f"{_ALL}<uuid:pk>/cancel/", views.payment_cancel, name="payment_cancel"),
]
