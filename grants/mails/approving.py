"""What a 決裁 kept here tells by mail: those whose signature is next, in person or by 代決."""

from django.conf import settings

from portal.kernel import outbox

from ..models import Approval
from ..queries import approving, signers


def due(approval: Approval) -> None:
    """Those who can sign the next step: it is your turn. The same step is told once to each."""
    step = approving.next_step(approval)
    if step is None:
        return
    context = {"approval": approval, "step": step, "url": settings.BASE_URL + approval.get_absolute_url()}
    for user, deputised in signers.people(approval, [step])[step.pk]:
        outbox.queue(
            "grants/mail/approval_due", to=user.email, key=f"approval_due:{step.pk}:{user.pk}", about=approval,
            context=context | {"deputised": deputised},
        )  # fmt: skip
