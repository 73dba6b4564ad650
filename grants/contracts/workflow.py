"""The procedure of a contract as a table (workflows.md 'COMMISSION', Contract)."""

from portal.kernel.actors import UserActor
from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import TERMINABLE, AmendmentState, ContractState, PartState


def step(
    name: str, label: str, source: ContractState, target: ContractState, permission: str, *, stamp: str
) -> Transition:
    """One step by a signed-in person from one state to the next."""
    return Transition(
        name=name, label=label, sources=frozenset({source}), target=target, permission=f"grants.{permission}",
        actors=frozenset({UserActor}), stamp=stamp,
    )  # fmt: skip


State = ContractState
SIGN = step("sign", "契約を結ぶ", State.NEGOTIATING, State.SIGNED, "conclude_contract", stamp="signed")
START = step("start", "着手を届け出る", State.SIGNED, State.STARTED, "fulfil_contract", stamp="started")
REPORT = step("report", "中間報告を出す", State.STARTED, State.INTERIM, "fulfil_contract", stamp="interim")
COMPLETE = step(
    "complete", "完了を届け出る", State.INTERIM, State.COMPLETED, "fulfil_contract", stamp="completed"
)
REWORK = Transition(
    name="rework",
    label="手直しを求める",
    sources=frozenset({State.COMPLETED}),
    target=State.INTERIM,
    permission="grants.run_contract",
    needs_note=True,
)
INSPECT = step(
    "inspect", "検査に合格とする", State.COMPLETED, State.INSPECTED, "run_contract", stamp="inspected"
)
INVOICE = step("invoice", "請求する", State.INSPECTED, State.INVOICED, "fulfil_contract", stamp="invoiced")
PAY = step("pay", "支払いが済む", State.INVOICED, State.PAID, "settle_contract", stamp="paid")
CLOSE = step("close", "終了する", State.PAID, State.CLOSED, "run_contract", stamp="closed")
TERMINATE = Transition(
    name="terminate",
    label="契約を打ち切る",
    sources=frozenset(TERMINABLE),
    target=State.TERMINATED,
    permission="grants.run_contract",
    needs_note=True,
    stamp="terminated",
)

CONTRACT = Workflow(
    name="contract",
    model="grants.Contract",
    states=ContractState,
    verbose_name="業務委託契約",
    transitions=(SIGN, START, REPORT, COMPLETE, REWORK, INSPECT, INVOICE, PAY, CLOSE, TERMINATE),
)


def end(
    name: str, label: str, target: AmendmentState, permission: str, *, reason: bool = False
) -> Transition:
    """One way a change that was asked for ends."""
    return Transition(
        name=name, label=label, sources=frozenset({AmendmentState.ASKED}), target=target,
        permission=f"grants.{permission}", needs_note=reason, stamp="ended",
    )  # fmt: skip


AMENDMENT = Workflow(
    name="amendment",
    model="grants.Amendment",
    states=AmendmentState,
    verbose_name="契約の変更",
    transitions=(
        end("agree", "変更契約を結ぶ", AmendmentState.AGREED, "conclude_amendment"),
        end("decline", "変更しない", AmendmentState.DECLINED, "judge_amendment", reason=True),
        end("withdraw", "申出を取り下げる", AmendmentState.WITHDRAWN, "ask_amendment"),
    ),
)


def of_part(
    name: str, label: str, source: PartState, target: PartState, permission: str, *also: PartState, stamp: str = "",
    note: bool = False,
) -> Transition:  # fmt: skip
    """One step of the 出来形 of a terminated contract, from `source` or one of `also`."""
    return Transition(
        name=name, label=label, sources=frozenset({source, *also}), target=target, permission=f"grants.{permission}",
        needs_note=note, stamp=stamp,
    )  # fmt: skip


Part = PartState
PART = Workflow(
    name="partialwork",
    model="grants.PartialWork",
    states=PartState,
    verbose_name="契約の出来形",
    transitions=(
        of_part(
            "inspect", "出来形を検査する", Part.WAITING, Part.INSPECTED, "inspect_part", stamp="inspected"
        ),
        of_part(
            "drop",
            "出来形を支払わない",
            Part.WAITING,
            Part.DROPPED,
            "drop_part",
            Part.DECIDED,
            Part.INVOICED,
            stamp="dropped",
            note=True,
        ),
        of_part(
            "decide", "出来形の支払いを決める", Part.INSPECTED, Part.DECIDED, "decide_part", stamp="decided"
        ),
        of_part(
            "send_back",
            "検査をやりなおす",
            Part.INSPECTED,
            Part.WAITING,
            "decide_part",
            Part.DECIDED,
            Part.INVOICED,
            note=True,
        ),
        of_part("invoice", "出来形を請求する", Part.DECIDED, Part.INVOICED, "invoice_part", stamp="invoiced"),
        of_part("pay", "支払いが済む", Part.INVOICED, Part.PAID, "settle_part", stamp="paid"),
    ),
)
