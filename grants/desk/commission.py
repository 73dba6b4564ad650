"""What menu ④ puts on people's desks: branches of the one statement of `desk.cases`.

Reviewers and contractors hold no post: the same branches stand on their own page (`commission.panels`).
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.urls import reverse

from communities.desk.rows import Row, Source, branch, day, fetch
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..calculations.asking import interim_due
from ..commission.enums import JUDGED, CallState, ProposalState, SheetState
from ..commission.queries import calls, proposals
from ..contracts import queries as contracts
from ..contracts.enums import WORKING, AmendmentState, ContractState
from ..enums import SHIFTS
from ..enums.approving import ApprovalState
from ..models import Amendment, Approval, Contract, PanelInterest, Payment, ScoreSheet
from ..models.commission_panel import READABLE
from ..payments.enums import PaymentState
from ..rules import MUNICIPAL
from . import contract_parts

State = ContractState
TOWN = "call__theme__municipality__name"
MENU = "proposal__call__theme__menu__"
MOVES = [name for name, _ in SHIFTS]
TERMS = (
    10  # the two terms of an interim report travel in one column of the desk: percent × 10 + place in MOVES
)
OFFICE_STEPS = {
    State.NEGOTIATING: ("の契約の締結を起案する", "起案する"),
    State.COMPLETED: ("を検査する", "検査する"),
    State.INVOICED: ("の支出命令を出す", "開く"),
    State.PAID: ("の契約を終える", "開く"),
}
OWN_STEPS = {
    State.NEGOTIATING: ("の見積りを出す", "見積りを出す"),
    State.SIGNED: ("の着手を届け出る", "届け出る"),
    State.STARTED: ("の中間報告を出す", "報告する"),
    State.INTERIM: ("の完了を届け出る", "届け出る"),
    State.INSPECTED: ("の委託料を請求する", "請求する"),
}


def items_of(scope: Scope) -> Iterable[DeskItem]:
    """What waits for this person as reviewer, proponent or contractor. One query, none for others."""
    return [WORDS[row.kind](row) for row in fetch(PERSONAL, scope)]


def _to_judge(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(Role.PREFECTURE_OFFICER):
        return None
    unjudged = Count("proposals", filter=Q(proposals__state=ProposalState.SUBMITTED), distinct=True)
    rows = calls.received(scope).filter(state=CallState.CLOSED).annotate(todo=unjudged).filter(todo__gt=0)
    return of_calls(rows, "proposals_to_judge", count="todo")


def _to_announce(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(Role.PREFECTURE_OFFICER):
        return None
    return of_calls(
        calls.received(scope).filter(state=CallState.PANEL, frozen_at__isnull=False), "call_to_announce"
    )


def of_calls(rows: QuerySet[Any], kind: str, **more: Any) -> QuerySet[Any]:
    return branch(
        rows, kind, order="desk_at", ref="pk", name="title", area_name="theme__municipality__name",
        note="theme__menu__short", at="closes_at", **more,
    )  # fmt: skip


def _to_contract(scope: Scope) -> QuerySet[Any] | None:
    if not scope.has(Role.PREFECTURE_OFFICER):
        return None
    return _proposals(contracts.adoptable(scope), "contract_to_open")


def _opinions(scope: Scope) -> QuerySet[Any] | None:
    towns = scope.areas(*MUNICIPAL)
    if not towns:
        return None
    rows = proposals.examined(scope).filter(
        call__theme__municipality__in=towns, call__state=CallState.PANEL, call__frozen_at__isnull=True,
        opinion__isnull=True,
    )  # fmt: skip
    return _proposals(rows.order_by("submitted_at", "id"), "opinion_to_write")


def _asked_up(scope: Scope) -> QuerySet[Any] | None:
    if not scope.standing("organisation"):
        return None
    rows = proposals.own(scope).filter(reserve_until__isnull=False).order_by("reserve_until", "id")
    return _proposals(rows, "reserve_asked", at="reserve_until")


def _proposals(rows: QuerySet[Any], kind: str, **more: Any) -> QuerySet[Any]:
    return branch(rows, kind, ref="pk", name="organisation__name", area_name=TOWN, note="call__title", **more)


def _to_declare(scope: Scope) -> QuerySet[Any] | None:
    rows = _seated(scope)
    return None if rows is None else _interests(rows.filter(declared=""), "interest_to_declare")


def _to_score(scope: Scope) -> QuerySet[Any] | None:
    rows = _seated(scope)
    if rows is None:
        return None
    sealed = ScoreSheet.objects.filter(seat=OuterRef("seat"), proposal=OuterRef("proposal"))
    free = rows.filter(READABLE).exclude(Exists(sealed.exclude(state=SheetState.DRAFT)))
    return _interests(free, "proposal_to_score")


def _seated(scope: Scope) -> QuerySet[PanelInterest] | None:
    """The rows of one's living seats in panels that go on; None for who sits in none."""
    if not scope.standing("panel"):
        return None
    rows = PanelInterest.objects.filter(
        seat__user=scope.user_id, seat__left_at__isnull=True, seat__call__state=CallState.PANEL,
        seat__call__frozen_at__isnull=True, proposal__state__in=JUDGED,
    )  # fmt: skip
    return rows.order_by("proposal__submitted_at", "id")


def _interests(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return branch(
        rows, kind, ref="proposal_id", slug="seat__call_id", name="proposal__organisation__name",
        area_name="seat__call__theme__municipality__name", note="seat__call__title",
    )  # fmt: skip


def _office(scope: Scope) -> QuerySet[Any] | None:
    offices = scope.sections(Role.PREFECTURE_OFFICER)
    if not offices:
        return None
    drafted = Approval.objects.filter(contract=OuterRef("pk"), state=ApprovalState.DRAFTED)
    ordered = Payment.objects.filter(case_type="grants.contract", case_id=OuterRef("pk")).exclude(
        state=PaymentState.CANCELLED
    )
    due = (
        (Q(state=State.NEGOTIATING, price_yen__isnull=False) & ~Q(Exists(drafted)))
        | Q(state__in=[State.COMPLETED, State.PAID])
        | (Q(state=State.INVOICED) & ~Q(Exists(ordered)))
    )
    rows = contracts.received(scope).filter(due, office__in=offices)
    return _contracts(rows, "contract_office")


def _amendments(scope: Scope) -> QuerySet[Any] | None:
    offices = scope.sections(Role.PREFECTURE_OFFICER)
    if not offices:
        return None
    asked = Amendment.objects.filter(contract=OuterRef("pk"), state=AmendmentState.ASKED)
    drafted = Approval.objects.filter(contract=OuterRef("pk"), state=ApprovalState.DRAFTED)
    rows = contracts.received(scope).filter(Exists(asked), ~Exists(drafted), office__in=offices)
    return _contracts(rows, "amendment_asked")


def _town(scope: Scope) -> QuerySet[Any] | None:
    towns = scope.areas(*MUNICIPAL)
    if not towns:
        return None
    rows = contracts.examined(scope).filter(
        proposal__call__theme__municipality__in=towns, state__in=WORKING, meetings__isnull=True
    )
    return _contracts(rows, "contract_town")


def _own(scope: Scope) -> QuerySet[Any] | None:
    if not scope.standing("organisation"):
        return None
    quoting = Q(state=State.NEGOTIATING, price_yen__isnull=True)
    others = [state for state in OWN_STEPS if state != State.NEGOTIATING]
    shift = Case(
        *(When(**{f"{MENU}interim_shift": name}, then=Value(place)) for place, name in enumerate(MOVES))
    )
    return _contracts(
        contracts.own(scope).filter(quoting | Q(state__in=others)), "contract_own",
        at=Cast("starts_on", DateTimeField()), count=F(f"{MENU}interim_percent") * TERMS + shift,
    )  # fmt: skip


def _contracts(rows: QuerySet[Contract], kind: str, **columns: Any) -> QuerySet[Any]:
    columns = {"due_on": "ends_on"} | columns
    return branch(
        rows.order_by("created_at", "id"), kind, ref="pk", slug="state", name="title",
        area_name="proposal__call__theme__municipality__name", note="proposal__organisation__name", **columns,
    )  # fmt: skip


PERSONAL = [
    Source("reserve_asked", _asked_up),
    Source("interest_to_declare", _to_declare),
    Source("proposal_to_score", _to_score),
    Source("contract_own", _own),
    *contract_parts.PERSONAL,
]
SOURCES = [
    Source("proposals_to_judge", _to_judge),
    Source("call_to_announce", _to_announce),
    Source("contract_to_open", _to_contract),
    Source("opinion_to_write", _opinions),
    Source("contract_office", _office),
    Source("amendment_asked", _amendments),
    Source("contract_town", _town),
    *contract_parts.SOURCES,
    *PERSONAL,
]


def words_of(page: str, words: str, action: str = "開く", *, due: bool = False) -> Callable[[Row], DeskItem]:
    def item(row: Row) -> DeskItem:
        return DeskItem(
            title=words.format(row.name, row.count), meta=f"{row.area_name}・{row.note}", url=reverse(page, args=[row.ref]),
            action=action, count=row.count, due_on=day(row.at - timedelta(seconds=1)) if due and row.at else None,
        )  # fmt: skip

    return item


def _reviewing(page: str, words: str, action: str) -> Callable[[Row], DeskItem]:
    def item(row: Row) -> DeskItem:
        url = reverse(page, args=[row.slug, row.ref])
        return DeskItem(title=words.format(row.name), meta=row.note, url=url, action=action)

    return item


def _step(page: str, steps: dict[ContractState, tuple[str, str]]) -> Callable[[Row], DeskItem]:
    def item(row: Row) -> DeskItem:
        words, action = steps[ContractState(row.slug)]
        return DeskItem(
            title=f"「{row.name}」{words}", meta=f"{row.area_name}・{row.note}", url=reverse(page, args=[row.ref]),
            action=action, due_on=_due_on(row),
        )  # fmt: skip

    return item


def _due_on(row: Row) -> date | None:
    """By when the interim report, then the whole work, is due; the other steps have no day."""
    if row.slug == State.STARTED and row.at and row.due_on:
        percent, place = divmod(row.count, TERMS)
        return interim_due(day(row.at), row.due_on, percent, MOVES[place])
    return row.due_on if row.slug == State.INTERIM else None


WORDS: dict[str, Callable[[Row], DeskItem]] = {
    "proposals_to_judge": words_of("grants:staff_call", "「{0}」の企画提案{1}件の資格を審査する"),
    "call_to_announce": words_of("grants:staff_ranking", "「{0}」の審査の結果を公表する"),
    "contract_to_open": words_of("grants:staff_proposal", "{0}との契約の協議を始める"),
    "opinion_to_write": words_of("grants:staff_proposal", "{0}の企画提案に意見を書く", "書く"),
    "reserve_asked": words_of(
        "grants:proposal_detail", "繰上げを受けるか返事をする({0})", "返事をする", due=True
    ),
    "interest_to_declare": _reviewing("grants:review_declare", "{0}との利害関係を申告する", "申告する"),
    "proposal_to_score": _reviewing("grants:review_score", "{0}の企画提案を採点する", "採点する"),
    "contract_office": _step("grants:staff_contract", OFFICE_STEPS),
    "amendment_asked": words_of("grants:staff_contract", "「{0}」の契約の変更の申出に答える"),
    "contract_town": words_of("grants:staff_contract", "「{0}」の協議を始め、記録する"),
    "contract_own": _step("grants:contract_detail", OWN_STEPS),
    **contract_parts.WORDS,
}
