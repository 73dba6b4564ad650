"""Addresses of the grants (fixed by interface.md; new ones only below them)."""

from . import (
    advances,
    agency,
    applications,
    assets,
    carrying,
    commission,
    contracts,
    deciding,
    dispatch,
    dossier,
    execution,
    needs,
    payments,
    presence,
    programmes,
    recovery,
    relief,
    settlement,
    supporters,
    workshop,
)

app_name = "grants"

urlpatterns = [
    *advances.urlpatterns,
    *agency.urlpatterns,
    *carrying.urlpatterns,
    *applications.urlpatterns,
    *assets.urlpatterns,
    *commission.urlpatterns,
    *contracts.urlpatterns,
    *deciding.urlpatterns,
    *dispatch.urlpatterns,
    *dossier.urlpatterns,
    *needs.urlpatterns,
    *execution.urlpatterns,
    *payments.urlpatterns,
    *presence.urlpatterns,
    *programmes.urlpatterns,
    *recovery.urlpatterns,
    *relief.urlpatterns,
    *settlement.urlpatterns,
    *supporters.urlpatterns,
    *workshop.urlpatterns,
]
