"""Addresses of messages through the portal."""

from django.urls import path

from ..views import exchanges

urlpatterns = [
    path("people/<uuid:pk>/write/", exchanges.person_write, name="person_write"),
    path("exchanges/<str:token>/", exchanges.exchange_detail, name="exchange_detail"),
    path("exchanges/<str:token>/stop/", exchanges.exchange_stop, name="exchange_stop"),
    path("exchanges/<str:token>/report/", exchanges.exchange_report, name="exchange_report"),
    path("me/exchanges/", exchanges.exchange_list, name="exchange_list"),
]
