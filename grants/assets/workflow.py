"""The procedures of acquired property as tables: the end of a limit, and 財産処分 (workflows.md 'close')."""

from portal.kernel.actors import JobActor
from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the tables name its permissions
from .enums import AssetState, DisposalState

ASSET = Workflow(
    name="asset",
    model="grants.Asset",
    states=AssetState,
    verbose_name="財産",
    transitions=(
        Transition(
            name="end", label="制限期間が終わる", sources=frozenset({AssetState.HELD}), target=AssetState.ENDED,
            permission="grants.set_asset_years", actors=frozenset({JobActor}), stamp="ended",
        ),
        Transition(
            name="dispose", label="承認を受けて処分する", sources=frozenset({AssetState.HELD}),
            target=AssetState.DISPOSED, permission="grants.conclude_asset", stamp="ended",
        ),
    ),
)  # fmt: skip

DISPOSAL = Workflow(
    name="disposal",
    model="grants.Disposal",
    states=DisposalState,
    verbose_name="財産処分",
    transitions=(
        Transition(
            name="ask", label="承認を申請する", sources=frozenset({DisposalState.DRAFT}), target=DisposalState.ASKED,
            permission="grants.ask_disposal", stamp="asked",
        ),
        Transition(
            name="draft_answer", label="承認するかを起案する", sources=frozenset({DisposalState.ASKED}),
            target=DisposalState.DECIDING, permission="grants.answer_disposal",
        ),
        Transition(
            name="send_back", label="起案を差し戻す", sources=frozenset({DisposalState.DECIDING}),
            target=DisposalState.ASKED, permission="grants.conclude_disposal", needs_note=True,
        ),
        Transition(
            name="approve", label="決裁を終えて承認する", sources=frozenset({DisposalState.DECIDING}),
            target=DisposalState.APPROVED, permission="grants.conclude_disposal", stamp="answered",
        ),
        Transition(
            name="refuse", label="決裁を終えて承認しない", sources=frozenset({DisposalState.DECIDING}),
            target=DisposalState.REFUSED, permission="grants.conclude_disposal", needs_note=True, stamp="answered",
        ),
        Transition(
            name="withdraw", label="取り下げる", sources=frozenset({DisposalState.DRAFT, DisposalState.ASKED}),
            target=DisposalState.WITHDRAWN, permission="grants.ask_disposal", needs_note=True, stamp="withdrawn",
        ),
        Transition(
            name="lapse", label="制限期間が終わり、承認が要らなくなる",
            sources=frozenset({DisposalState.DRAFT, DisposalState.ASKED}), target=DisposalState.WITHDRAWN,
            permission="grants.ask_disposal", actors=frozenset({JobActor}), stamp="withdrawn",
        ),
    ),
)  # fmt: skip
