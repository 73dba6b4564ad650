"""What is left of a municipality's cap, for the people of the municipality."""

from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.scope import Scope
from portal.areas.models import Area

from ..models import CapUse, Menu
from . import CapState, municipalities

TOWNS_MAX = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCap:
    """The cap of one municipality with everything that uses it."""

    municipality: Area
    state: CapState


def caps_of_towns(menu: Menu, scope: Scope) -> list[OwnCap]:
    """Of each municipality the scope works for, at most `TOWNS_MAX`; none where no cap is counted over them. Two queries at most."""
    limit_yen = menu.town_cap_yen
    if limit_yen is None or not scope.is_staff:
        return []
    towns = list(municipalities(scope).filter(parent=menu.programme.authority.area_id)[:TOWNS_MAX])
    if not towns:
        return []
    uses: dict[str, list[CapUse]] = {town.pk: [] for town in towns}
    rows = CapUse.objects.filter(account__menu=menu, account__fiscal_year=menu.programme.fiscal_year)
    for use in rows.filter(account__municipality__in=towns).select_related("account", "application"):
        uses[use.account.municipality_id].append(use)
    return [
        OwnCap(municipality=town, state=CapState(limit_yen=limit_yen, uses=uses[town.pk])) for town in towns
    ]
