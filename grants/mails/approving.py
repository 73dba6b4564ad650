"""What a 決裁 kept here tells by mail: those whose signature is next, in person or by 代決."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.urls import reverse

from portal.accounts.models import User
from portal.kernel import outbox

from ..enums.approving import ApprovalState, BatchOutcome
from ..models import Approval, LetterBatch
from ..queries import approving, signers

_together: ContextVar[bool] = ContextVar("together", default=False)


@contextmanager
def told_together() -> Iterator[None]:
    """Inside, nobody is told of a single step: a batch tells each person once, by `due_together`."""
    token = _together.set(True)
    try:
        yield
    finally:
        _together.reset(token)


def due(approval: Approval) -> None:
    """Those who can sign the next step: it is your turn. The same step is told once to each."""
    step = approving.next_step(approval)
    if step is None or _together.get():
        return
    context = {"approval": approval, "step": step, "url": settings.BASE_URL + approval.get_absolute_url()}
    for user, deputised in signers.people(approval, [step])[step.pk]:
        outbox.queue(
            "grants/mail/approval_due", to=user.email, key=f"approval_due:{step.pk}:{user.pk}", about=approval,
            context=context | {"deputised": deputised},
        )  # fmt: skip


def due_together(batch: LetterBatch) -> None:
    """Those who can sign what the batch drafted or signed: how many wait, one mail a person. Again: nothing is sent."""
    done = batch.items.filter(outcome=BatchOutcome.DONE).values("application")
    open_ones = Approval.objects.filter(
        application__in=done, state=ApprovalState.DRAFTED, matter=batch.matter
    )
    counts: Counter[User] = Counter()
    for approval in approving.with_case(open_ones):
        if (step := approving.next_step(approval)) is not None:
            counts.update(user for user, _ in signers.people(approval, [step])[step.pk])
    url = settings.BASE_URL + reverse("grants:letters_sign")
    for user, count in counts.items():
        outbox.queue(
            "grants/mail/approvals_due", to=user.email, key=f"approvals_due:{batch.pk}:{user.pk}", about=batch,
            context={"batch": batch, "count": count, "url": url},
        )  # fmt: skip
