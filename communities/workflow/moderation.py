"""How a report is answered, and what becomes of something hidden."""

from portal.kernel.workflow import Transition, Workflow

from ..enums.people import HidingState, ReportState

REPORT = Workflow(
    name="report",
    model="communities.Report",
    states=ReportState,
    verbose_name="知らせ",
    transitions=(
        Transition(
            name="uphold", label="非表示にする", sources=frozenset({ReportState.OPEN}), target=ReportState.UPHELD,
            permission="communities.moderate", needs_note=True, stamp="answered",
        ),
        Transition(
            name="dismiss", label="問題なしとする", sources=frozenset({ReportState.OPEN}),
            target=ReportState.DISMISSED, permission="communities.moderate", stamp="answered",
        ),
    ),
)  # fmt: skip

HIDING = Workflow(
    name="hiding",
    model="communities.Hiding",
    states=HidingState,
    verbose_name="非表示",
    transitions=(
        Transition(
            name="restore", label="もとに戻す", sources=frozenset({HidingState.HIDDEN, HidingState.KEPT}),
            target=HidingState.RESTORED, permission="communities.moderate", stamp="decided",
        ),
        Transition(
            name="appeal", label="異議を出す", sources=frozenset({HidingState.HIDDEN}),
            target=HidingState.APPEALED, permission="communities.appeal_hiding", stamp="appealed",
        ),
        Transition(
            name="grant", label="異議を認めて、もとに戻す", sources=frozenset({HidingState.APPEALED}),
            target=HidingState.RESTORED, permission="communities.decide_appeal", stamp="decided",
        ),
        Transition(
            name="keep", label="非表示のままにする", sources=frozenset({HidingState.APPEALED}),
            target=HidingState.KEPT, permission="communities.decide_appeal", needs_note=True, stamp="decided",
        ),
    ),
)  # fmt: skip
