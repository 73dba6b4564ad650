"""The files that are kept and thrown away: for each menu, which those are, when one ended, and what holds it beyond its term.

④ is kept by the proposal: the one that became a contract from the contract's end, every other one from its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    Func,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest

from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear
from portal.kernel.models import TransitionNote

from .. import queries as applications
from ..assets import queries as assets
from ..assets.enums import DisposalState
from ..commission.enums import CallState, ProposalState
from ..commission.queries import proposals
from ..contracts.enums import PART_OPEN, ContractState
from ..dispatch import queries as dispatches
from ..dispatch.enums import DispatchState
from ..enums import ApplicationState
from ..enums.approving import ApprovalState
from ..models import (
    Application,
    Approval,
    Asset,
    Contract,
    Dispatch,
    Disposal,
    PartialWork,
    Payment,
    Proposal,
    Reclaim,
    Workshop,
)
from ..payments.enums import PaymentState
from ..queries import READERS
from ..recovery.enums import ReclaimState
from ..settlement.queries import money
from ..workshop import queries as workshops
from ..workshop.enums import WorkshopState


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """One kind of file. `key` is its address and its column in what is recorded about it; `menu` the path to its menu;
    `ended_at` when nothing more came of it, null while something may; `guards` what holds it, beside a hold of its own.
    """

    key: str
    label: str
    model: type[Model]
    menu: str
    load: Callable[[QuerySet[Any]], QuerySet[Any]]
    seen: Callable[[Scope], Q]
    ended_at: Callable[[], Any]
    guards: Callable[[], Mapping[str, Any]]


def _unpaid(label: str, case: str = "pk") -> Exists:
    orders = Payment.objects.filter(
        case_type=f"grants.{label}", case_id=OuterRef(case), state=PaymentState.ORDERED
    )
    return Exists(orders)


def _at_home(menu: str) -> Callable[[Scope], Q]:
    """Handed in to one of the authorities one reads for."""

    def seen(scope: Scope) -> Q:
        home = {f"{menu}__programme__authority__area__in": scope.homes(*READERS)}
        return Q(submitted_at__isnull=False, **home)

    return seen


def _noted(model: str, *transitions: str) -> Any:
    """When the last of these transitions was made: each gives its reason, and nothing else stamps it."""
    notes = TransitionNote.objects.filter(
        target_type=f"grants.{model}", target_id=Cast(OuterRef("pk"), CharField()), transition__in=transitions
    )
    told = Subquery(notes.order_by("-created_at").values("created_at")[:1])
    return Coalesce(told, "decided_at", "submitted_at")


def _last(rows: QuerySet[Any], by: str, column: str) -> Subquery:
    """The latest of `column` over the rows of one file."""
    found = rows.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Subquery(found.annotate(last=Max(column)).values("last"), output_field=DateTimeField())


def _application_ended() -> Case:
    """What comes after the end counts too: money that came back, a 処分 that was answered, property that became free."""
    after = (
        _last(Reclaim.objects.all(), "application", "collected_at"),
        _last(Disposal.objects.all(), "asset__application", "answered_at"),
        _last(Asset.objects.all(), "application", "ended_at"),
    )
    return Case(
        When(state=ApplicationState.CLOSED, then=Greatest("closed_at", *after)),
        When(state=ApplicationState.REVOKED, then=Greatest("revoked_at", *after)),
        When(state=ApplicationState.WITHDRAWN, then=F("withdrawn_at")),
        When(state=ApplicationState.REJECTED, then=F("decided_at")),
        output_field=DateTimeField(),
    )


def _dispatch_ended() -> Case:
    return Case(
        When(state=DispatchState.CLOSED, then=F("closed_at")),
        When(state=DispatchState.WITHDRAWN, then=F("withdrawn_at")),
        When(
            state__in=[DispatchState.REFUSED, DispatchState.CANCELLED], then=_noted("dispatch", "refuse", "cancel")
        ),
        output_field=DateTimeField(),
    )  # fmt: skip


def _workshop_ended() -> Case:
    return Case(
        When(state=WorkshopState.CLOSED, then=F("closed_at")),
        When(
            state__in=[WorkshopState.REFUSED, WorkshopState.CANCELLED], then=_noted("workshop", "refuse", "cancel")
        ),
        output_field=DateTimeField(),
    )  # fmt: skip


def _proposal_ended() -> Case:
    """A 次点 may be asked until the contracts of the adopted ones are closed; a void call ends what was handed in.

    Without a contract that was closed, adopted ones and 次点 end with the 年度 of the programme: nothing can be contracted
    for it then (地方自治法208条2項).
    """
    contracts = Contract.objects.filter(proposal__call=OuterRef("call"))
    closed = contracts.filter(state=ContractState.CLOSED)
    over = ~Exists(contracts.exclude(state__in=[ContractState.CLOSED, ContractState.TERMINATED]))
    past = {"call__theme__menu__programme__fiscal_year__lt": FiscalYear.of(clock.today_jst()).year}
    return Case(
        When(contract__state=ContractState.CLOSED, then=F("contract__closed_at")),
        When(
            contract__state=ContractState.TERMINATED,
            then=Greatest("contract__terminated_at", "contract__part__paid_at", "contract__part__dropped_at"),
        ),
        When(contract__isnull=False, then=None),
        When(state=ProposalState.WITHDRAWN, then=F("withdrawn_at")),
        When(state=ProposalState.DISQUALIFIED, then=F("judged_at")),
        When(state=ProposalState.NOT_ADOPTED, then=F("decided_at")),
        When(Q(over, Exists(closed), state=ProposalState.RESERVE), then=_latest(closed, "closed_at")),
        When(
            Q(over, state__in=[ProposalState.ADOPTED, ProposalState.RESERVE], **past),
            then=Greatest(_year_end("call__theme__menu__programme__fiscal_year"), _latest(contracts, "terminated_at")),
        ),
        When(call__state=CallState.VOID, then=F("call__voided_at")),
        output_field=DateTimeField(),
    )  # fmt: skip


def _latest(rows: QuerySet[Any], column: str) -> Subquery:
    found = rows.order_by().values("proposal__call").annotate(last=Max(column))
    return Subquery(found.values("last"), output_field=DateTimeField())


def _year_end(year: str) -> Func:
    """Noon of 31 March at the end of a 年度, in Japan."""
    parts = (F(year) + 1, Value(3), Value(31), Value(12), Value(0), Value(0.0), Value(clock.JST.key))
    return Func(*parts, function="make_timestamptz", output_field=DateTimeField())


def _deciding(**of: str) -> Exists:
    """An open 決裁 about the file."""
    which = {name: OuterRef(path) for name, path in of.items()}
    return Exists(Approval.objects.filter(state=ApprovalState.DRAFTED, **which))


def _of_application() -> Mapping[str, Any]:
    own = OuterRef("pk")
    asked = Reclaim.objects.filter(disposal=OuterRef("pk")).exclude(state=ReclaimState.CANCELLED)
    payback = Disposal.objects.filter(
        ~Exists(asked), asset__application=own, state=DisposalState.APPROVED, payback_yen__gt=0
    ).exclude(asset__application__state=ApplicationState.REVOKED)  # then the whole grant comes back
    kept = Case(  # as `Balance.kept_yen` has it
        When(state=ApplicationState.REVOKED, then=money.payback()),
        default=F("settled_yen"),
        output_field=BigIntegerField(),
    )
    out = Application.objects.filter(pk=own).annotate(out=money.paid() - kept - money.returned())
    ordered = Reclaim.objects.filter(application=own, state=ReclaimState.ORDERED)
    owed = Q(Exists(ordered)) | Q(Exists(payback)) | Q(Exists(out.filter(out__gt=0)))
    deciding = Q(_deciding(application="pk")) | Q(_deciding(disposal__asset__application="pk"))
    return {
        "is_bound": assets.has_open_limits(own), "is_owed": _is(owed), "is_in_approval": _is(deciding),
        "is_unpaid": _unpaid("application"),
    }  # fmt: skip


def _is(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def _of_case(key: str) -> Mapping[str, Any]:
    """Of a dispatch or a workshop."""
    return {"is_unpaid": _unpaid(key), "is_in_approval": _deciding(**{key: "pk"})}


def _of_contract() -> Mapping[str, Any]:
    part = PartialWork.objects.filter(contract__proposal=OuterRef("pk"), state__in=PART_OPEN)
    deciding = _deciding(contract="contract__pk")
    return {
        "is_unpaid": _unpaid("contract", "contract__pk"), "is_in_approval": _is(Q(deciding) | Q(Exists(part))),
    }  # fmt: skip


def _of_proposals(scope: Scope) -> Q:
    """As others, never one that the reader is excluded from, and none before the deadline of its call: nobody opens one then."""
    early = Q(call__state__in=[CallState.DRAFT, CallState.PUBLISHED])
    return _at_home("call__theme__menu")(scope) & ~early & ~proposals.excluded(scope)


KINDS = {
    kind.key: kind
    for kind in (
        FileKind(
            key="application", label="③ 補助金", model=Application, menu="menu", load=applications.with_case,
            seen=_at_home("menu"), ended_at=_application_ended, guards=_of_application,
        ),
        FileKind(
            key="dispatch", label="① 派遣", model=Dispatch, menu="menu", load=dispatches.with_case, seen=_at_home("menu"),
            ended_at=_dispatch_ended, guards=lambda: _of_case("dispatch"),
        ),
        FileKind(
            key="workshop", label="② ワークショップ", model=Workshop, menu="menu", load=workshops.with_case,
            seen=_at_home("menu"), ended_at=_workshop_ended, guards=lambda: _of_case("workshop"),
        ),
        FileKind(
            key="proposal", label="④ 企画提案と契約", model=Proposal, menu="call__theme__menu", load=proposals.whole,
            seen=_of_proposals, ended_at=_proposal_ended,
            guards=_of_contract,
        ),
    )
}  # fmt: skip


def kind_of(case: Model | type[Model]) -> FileKind:
    """The kind of a file, or of a table of files."""
    return KINDS[str(case._meta.model_name)]
