"""What must wait while a 決裁 about the file is open."""

from portal.kernel.refusals import Refusal

from ..models import Application


def check_no_approval(application: Application) -> None:
    """Refuse while a 決裁 about the file is open: what it decides must not move under it."""
    waiting = application.approvals.filter(state="drafted").first()
    if waiting is not None:
        raise Refusal(
            f"「{waiting.get_matter_display()}」の決裁が進んでいます。それが終わってから、手続きをしてください。",
            code="deciding",
        )
