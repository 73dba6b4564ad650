"""How an inquiry 一斉照会 runs."""

from portal.kernel.workflow import Transition, Workflow

from ..models.inquiries import InquiryState

INQUIRY = Workflow(
    name="inquiry",
    model="communities.Inquiry",
    states=InquiryState,
    verbose_name="照会",
    transitions=(
        Transition(
            name="open",
            label="送る",
            sources=frozenset({InquiryState.DRAFT}),
            target=InquiryState.OPEN,
            permission="communities.run_inquiry",
            stamp="opened",
        ),
        Transition(
            name="discard",
            label="取りやめる",
            sources=frozenset({InquiryState.DRAFT}),
            target=InquiryState.DISCARDED,
            permission="communities.run_inquiry",
        ),
        Transition(
            name="close",
            label="締め切ってお礼を送る",
            sources=frozenset({InquiryState.OPEN}),
            target=InquiryState.CLOSED,
            permission="communities.run_inquiry",
            stamp="closed",
        ),
    ),
)
