"""What a project that is stopped, or asks to be, may not do any more."""

from portal.kernel.refusals import Refusal

from ..models import Application


def check_not_stopped(application: Application) -> None:
    """Refuse what only a project that goes on needs. No query."""
    if application.stopped:
        raise Refusal(
            "この事業は、廃止が承認されています。実績を報告してください。",
            code="stopped",
        )
