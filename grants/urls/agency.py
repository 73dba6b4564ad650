"""Addresses of the 委託先 of menu ①: its contract and its 精算書."""

from django.urls import URLPattern, path

from ..agency.views import contracts, statements

_STAFF = "staff/grants/agency/"
_OWN = "grants/agency/"

urlpatterns: list[URLPattern] = [
    path(_STAFF, contracts.agency_list, name="agency_list"),
    path(f"{_STAFF}new/", contracts.agency_new, name="agency_new"),
    path(f"{_OWN}<uuid:pk>/", contracts.agency_contract, name="agency_contract"),
    path(f"{_OWN}<uuid:pk>/<slug:act>/", contracts.agency_contract_act, name="agency_contract_act"),
    path(f"{_OWN}statements/<uuid:pk>/", statements.agency_statement, name="agency_statement"),
    path(
        f"{_OWN}statements/<uuid:pk>/<slug:act>/",
        statements.agency_statement_act,
        name="agency_statement_act",
    ),
]
