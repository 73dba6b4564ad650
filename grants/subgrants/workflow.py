"""間接補助 as a table (workflows.md '間接補助': sub-application, sub-decision and sub-settlement are linked)."""

from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import WRITTEN, SubGrantState

S = SubGrantState
WRITE, DECIDE, RUN = "grants.write_subgrant", "grants.decide_subgrant", "grants.run_subgrant"

SUBGRANT = Workflow(
    name="subgrant",
    model="grants.SubGrant",
    states=SubGrantState,
    verbose_name="間接補助",
    transitions=(
        Transition(
            name="submit", label="市町村に申請する", sources=WRITTEN, target=S.SUBMITTED, permission=WRITE,
            stamp="submitted",
        ),
        Transition(
            name="return_for_correction", label="補正を依頼する", sources=frozenset({S.SUBMITTED, S.RETURNED}),
            target=S.RETURNED, permission=RUN, needs_note=True,
        ),
        Transition(
            name="return_result", label="実績報告を戻す", sources=frozenset({S.REPORTED}), target=S.DECIDED, permission=RUN,
            needs_note=True,
        ),
        Transition(
            name="decide", label="交付を決定する", sources=frozenset({S.SUBMITTED}), target=S.DECIDED,
            permission=DECIDE, stamp="decided",
        ),
        Transition(
            name="refuse", label="交付しない", sources=frozenset({S.SUBMITTED}), target=S.REFUSED, permission=DECIDE,
            needs_note=True, stamp="decided",
        ),
        Transition(
            name="report", label="実績を報告する", sources=frozenset({S.DECIDED}), target=S.REPORTED, permission=WRITE,
            stamp="reported",
        ),
        Transition(
            name="settle", label="額を確定する", sources=frozenset({S.REPORTED}), target=S.SETTLED, permission=DECIDE,
            stamp="settled",
        ),
        Transition(
            name="withdraw", label="取り下げる", sources=frozenset({*WRITTEN, S.SUBMITTED}), target=S.WITHDRAWN,
            permission=WRITE, needs_note=True,
        ),
        Transition(
            name="revoke", label="決定を取り消す", sources=frozenset({S.DECIDED, S.REPORTED}), target=S.REVOKED,
            permission=DECIDE, needs_note=True,
        ),
    ),
)  # fmt: skip
