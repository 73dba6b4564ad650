"""How many files of a menu one municipality may have at work at once: a term of the menu, counted under the municipality's lock."""

from typing import Any

from django.db.models import Model, Q, QuerySet

from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel.refusals import Refusal

from .commission.enums import ThemeState
from .dispatch.enums import OVER as DISPATCH_OVER
from .enums import OVER, Applicant, Table
from .models import Application, CommissionTheme, Dispatch, Menu, Workshop
from .queries import municipalities
from .workshop.enums import OVER as WORKSHOP_OVER

SHOWN_MAX = 5
LIVE: dict[str, tuple[type[Model], Q]] = {  # by the menu's procedure: its file, and which of them are at work
    Table.SUBSIDY: (Application, ~Q(state__in=OVER)),
    Table.DISPATCH: (Dispatch, ~Q(state__in=DISPATCH_OVER)),
    Table.WORKSHOP: (
        Workshop, ~Q(state__in=WORKSHOP_OVER) & ~Q(applicant=Applicant.PREFECTURE)
    ),
    Table.COMMISSION: (CommissionTheme, ~Q(state=ThemeState.NOT_SELECTED)),
}  # fmt: skip


def live_files(menu: Menu) -> QuerySet[Any]:
    """The files of the menu that are at work, drafts too, oldest first; of ② without those the prefecture plans."""
    model, at_work = LIVE[menu.table]
    rows = model._default_manager.filter(at_work, menu=menu)
    return rows.order_by("created_at", "id")


def lock_room(menu: Menu, municipality_id: str) -> Area | None:
    """Lock the municipality, where a menu limits its live files: before anything else that its beginning locks."""
    if menu.live_max is None:
        return None
    return Area.objects.select_for_update(no_key=True, of=("self",)).get(pk=municipality_id)


def check_room(menu: Menu, municipality_id: str) -> None:
    """Raises Refusal, naming a live file, when the municipality has as many as the menu allows. Locks the municipality then.

    Of two who begin at once, the second waits for the first and is told. Needs a transaction.
    """
    town = lock_room(menu, municipality_id)
    if menu.live_max is None or town is None:
        return
    found = list(live_files(menu).filter(municipality=town)[: menu.live_max])
    if len(found) == menu.live_max:
        raise Refusal(
            f"{live_rule(menu)}{town.name}には、「{found[0]}」({found[0].get_state_display()})があります。"
            "それを進めるか、終わってから(または取り下げてから)始めてください。",
            code="live",
        )


def live_rule(menu: Menu) -> str:
    """The term in words; empty where the number is not limited."""
    if menu.live_max is None:
        return ""
    return f"1市町村が同時に進められるのは、このメニューで{menu.live_max}件までです。"


def live_of_towns(menu: Menu, scope: Scope) -> list[Any]:
    """The live files of the municipalities the scope works for, where the number is limited. One query at most."""
    if menu.live_max is None or not scope.is_staff:
        return []
    return list(live_files(menu).filter(municipality__in=municipalities(scope))[:SHOWN_MAX])
