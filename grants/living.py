"""How many files of a menu one municipality may have at work at once: a term of the menu, counted under the municipality's lock."""

from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel.refusals import Refusal

from .commission.enums import CallState, ProposalState, ThemeState
from .contracts.enums import ContractState
from .dispatch.enums import OVER as DISPATCH_OVER
from .enums import OVER, Applicant, Table
from .models import (
    Application,
    CommissionCall,
    CommissionTheme,
    Contract,
    Dispatch,
    Menu,
    Proposal,
    Workshop,
)
from .queries import municipalities
from .workshop.enums import OVER as WORKSHOP_OVER

SHOWN_MAX = 5
THEME_OVER = (ThemeState.NOT_SELECTED, ThemeState.DISCARDED, ThemeState.WITHDRAWN)
CONTRACT_OVER = (ContractState.CLOSED, ContractState.TERMINATED)


def _theme_at_work() -> Q:
    """A theme that is written, proposed or selected; a selected one with calls while one of these can still lead somewhere:
    it is not announced yet, or it has a contract that goes on, or somebody is adopted (or waits as 次点) without one.
    """
    calls = CommissionCall.objects.filter(theme=OuterRef("pk"))
    contracts = Contract.objects.filter(proposal__call=OuterRef("pk"))
    awarded = Proposal.objects.filter(
        call=OuterRef("pk"), state__in=[ProposalState.ADOPTED, ProposalState.RESERVE]
    )
    early = ~Q(state__in=[CallState.ANNOUNCED, CallState.VOID])
    goes_on = Exists(contracts.exclude(state__in=CONTRACT_OVER)) | (~Exists(contracts) & Exists(awarded))
    open_calls = calls.filter(early | Q(state=CallState.ANNOUNCED) & goes_on)
    return ~Q(state__in=THEME_OVER) & (~Exists(calls) | Exists(open_calls))


LIVE: dict[str, tuple[type[Model], Q]] = {  # by the menu's procedure: its file, and which of them are at work
    Table.SUBSIDY: (Application, ~Q(state__in=OVER)),
    Table.DISPATCH: (Dispatch, ~Q(state__in=DISPATCH_OVER)),
    Table.WORKSHOP: (
        Workshop, ~Q(state__in=WORKSHOP_OVER) & ~Q(applicant=Applicant.PREFECTURE)
    ),
    Table.COMMISSION: (CommissionTheme, _theme_at_work()),
}  # fmt: skip


def live_files(menu: Menu) -> QuerySet[Any]:
    """The files of the menu that are at work, drafts too, oldest first; of ② without those the prefecture plans."""
    model, at_work = LIVE[menu.table]
    rows = model._default_manager.filter(at_work, menu=menu)
    return rows.order_by("created_at", "id")


def handed_in(menu: Menu) -> QuerySet[Any]:
    """The files of the menu that left their draft: submitted, requested, proposed. What was given up as a draft never did."""
    model, _ = LIVE[menu.table]
    out = "proposed_at" if menu.table == Table.COMMISSION else "submitted_at"
    return model._default_manager.filter(menu=menu, **{f"{out}__isnull": False})


def lock_room(menu: Menu, municipality_id: str) -> Area | None:
    """Lock the municipality, where a menu limits its live files: before anything else that its beginning locks."""
    if menu.live_max is None:
        return None
    return Area.objects.select_for_update(no_key=True, of=("self",)).get(pk=municipality_id)


def check_room(menu: Menu, municipality_id: str, *, drafts: bool = True) -> None:
    """Raises Refusal, naming a live file (a draft only with `drafts`: to its own municipality), when the municipality has as many as the menu allows. Locks the municipality then.

    Of two who begin at once, the second waits for the first and is told. Needs a transaction.
    """
    town = lock_room(menu, municipality_id)
    if menu.live_max is None or town is None:
        return
    found = list(live_files(menu).filter(municipality=town)[: menu.live_max])
    if len(found) == menu.live_max:
        raise Refusal(
            f"{live_rule(menu)}{town.name}には、{_named(found[0], drafts)}があります。"
            "それを進めるか、終わってから(または取り下げるか、下書きを取りやめてから)始めてください。",
            code="live",
        )


def _named(file: Any, drafts: bool) -> str:
    if file.state == "draft" and not drafts:
        return "下書き1件"
    return f"「{file}」({file.get_state_display()})"


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
