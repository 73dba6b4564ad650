"""The papers of a call and its proposals. Titled 標準様式 with 「第○条」 until the menu has its own (domain.md 8).

Everything a paper says is JSON made here. Who sees which: `PROPOSAL` is read with the proposal; `RESULT` is the
proponent's own, with no figure of another; `MINUTES` are the authority's, and nobody's who is excluded or proposes;
`OUTCOME` says what everybody may know.
"""

from typing import Any

from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.ports import DocumentKind

from ..documents import named
from ..models import CommissionCall, Proposal
from .calculations import Entry, Ranked, two_decimals
from .enums import OUTCOME_PAPER
from .queries import calls, outcomes, panel, proposals

PROPOSAL, RESULT = "grants.proposal", "grants.proposal_result"
MINUTES, OUTCOME = "grants.panel_minutes", OUTCOME_PAPER
OUTCOMES = {"adopted": "採択", "reserve": "次点", "not_adopted": "不採択", "undecided": "同点"}
READ_WITH_IT = (PROPOSAL,)  # what whoever reads a proposal may know of


def proposal_snapshot(proposal: Proposal) -> dict[str, Any]:
    """企画提案書 with its 見積書 (経費の内訳) and the oath, as they were submitted. No address of a person is in it."""
    case = proposals.with_papers(proposals.whole(Proposal.objects.all())).get(pk=proposal.pk)
    menu = case.call.theme.menu
    return {
        **_to_head(case.call, menu.form("proposal")),
        "sender": [case.organisation.name, named("", case.representative)],
        "estimate_form": menu.form("estimate"),
        "title": case.title,
        "area": case.organisation.area.name,
        "partners": [[row.name, row.role] for row in case.partners.all()],
        "texts": [
            ["概要", case.summary],
            ["実施計画", case.plan],
            ["体制", case.team],
            ["実績", case.record],
        ],
        "lines": [[row.label, row.amount_yen] for row in case.lines.all()],
        "price_yen": case.price_yen,
        "own_yen": case.own_yen,
        "total_yen": sum(row.amount_yen for row in case.lines.all()),
        "files": [[row.get_kind_display(), row.file.filename] for row in case.papers],
    }


def result_snapshot(proposal: Proposal) -> dict[str, Any]:
    """審査結果の通知 to one proponent: its own outcome, place and means, item by item."""
    case = proposals.whole(Proposal.objects.all()).get(pk=proposal.pk)
    call, authority = case.call, case.call.theme.menu.programme.authority
    ranked = {row.key: row for row in panel.ranking(call)}
    own, entry = ranked.get(str(case.pk)), next(iter(panel.entries(call, [case])), None)
    return {
        "form": call.theme.menu.form("proposal_result"),
        "addressee": [named(case.organisation.name, case.representative, "様")],
        "sender": [named(authority.head_title, authority.head_name)],
        "call": call.title,
        "title": case.title,
        "outcome": case.get_state_display(),
        "place": own.place if own else None,
        "count": len(ranked),
        "mean": own.mean_label if own else "",
        "items": _items(call, entry),
        "floor": call.floor_percent,
        "reserve_days": call.reserve_days if case.state == "reserve" else None,
    }


def minutes_snapshot(call: CommissionCall) -> dict[str, Any]:
    """審査会の議事録: who sat, what was judged, who took no part in what (never why), the means, the ranking."""
    case = calls.whole(CommissionCall.objects.all()).get(pk=call.pk)
    ranked = panel.ranking(case)
    rows = {str(row.pk): row for row in outcomes.judged(case)}
    entries = {entry.key: entry for entry in panel.entries(case, rows.values())}
    return {
        **_to_head(case, case.theme.menu.form("panel_minutes")),
        "days": _days(case),
        "place": case.presentation_place,
        "seats": [[seat.user.name, seat.title] for seat in panel.seats_of(case)],
        "items": [[item.label, item.points] for item in case.items.all()],
        "floor": case.floor_percent,
        "adopted_count": case.adopted_count,
        "rows": [_line(rows[row.key], row, entries.get(row.key)) for row in ranked],
        "excluded": outcomes.excluded(case),
        "tie": outcomes.tie_note(case),
    }


def outcome_snapshot(call: CommissionCall) -> dict[str, Any]:
    """審査結果の公表: the adopted, their names and totals; of the others only how many there were."""
    case = calls.whole(CommissionCall.objects.all()).get(pk=call.pk)
    authority = case.theme.menu.programme.authority
    adopted = outcomes.published(case) or []
    return {
        "form": case.theme.menu.form("call_result"),
        "addressee": [],
        "sender": [named(authority.head_title, authority.head_name)],
        "call": case.title,
        "count": len(outcomes.judged(case)),
        "adopted": [[row.organisation.name, row.title, mean] for row, mean in adopted],
        "floor": case.floor_percent,
    }


def _to_head(call: CommissionCall, form: str) -> dict[str, Any]:
    programme = call.theme.menu.programme
    return {
        "form": form,
        "addressee": [named(programme.authority.head_title, programme.authority.head_name, "殿")],
        "sender": [],
        "fiscal_year": programme.year_label,
        "menu": call.theme.menu.title,
        "call": call.title,
        "theme": call.theme.title,
        "municipality": call.theme.municipality.name,
    }


def _items(call: CommissionCall, entry: Entry | None) -> list[list[Any]]:
    """[item, points, own mean] in order; empty before the scores were frozen."""
    if entry is None:
        return []
    return [
        [item.label, item.points, two_decimals(entry.item_mean(number))]
        for number, item in enumerate(call.items.all(), start=1)
    ]


def _line(proposal: Proposal, row: Ranked, entry: Entry | None) -> dict[str, Any]:
    return {
        "place": row.place,
        "organisation": proposal.organisation.name,
        "price_yen": proposal.price_yen,
        "sheets": len(entry.sheets) if entry else 0,
        "mean": row.mean_label,
        "outcome": OUTCOMES[row.outcome],
    }


def _days(call: CommissionCall) -> str:
    """The day of the presentation, else that on which the last sheet came in."""
    if call.presentation_on:
        return wareki(call.presentation_on)
    return wareki(call.frozen_at.astimezone(clock.JST).date()) if call.frozen_at else ""


def _kind(key: str, code: str, title: str, model: str, permission: str, **more: Any) -> DocumentKind:
    name = key.split(".")[1]
    return DocumentKind(
        key=key, code=code, title=title, template=f"grants/pdf/{name}.html", model=model, permission=permission, **more
    )  # fmt: skip


_CALL, _PROPOSAL = "grants.CommissionCall", "grants.Proposal"
KINDS = (
    _kind(PROPOSAL, "TE", "企画提案書", _PROPOSAL, "grants.write_proposal", snapshot=proposal_snapshot, visible_to=proposals.visible_to),
    _kind(RESULT, "TK", "審査結果通知書", _PROPOSAL, "grants.qualify_proposal", snapshot=result_snapshot, visible_to=proposals.told_to, seal="（公印省略）"),
    _kind(MINUTES, "TG", "審査会議事録", _CALL, "grants.run_call", snapshot=minutes_snapshot, visible_to=panel.minuted),
    _kind(OUTCOME, "TH", "審査結果の公表", _CALL, "grants.run_call", snapshot=outcome_snapshot, visible_to=calls.announced),
)  # fmt: skip
