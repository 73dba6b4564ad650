"""Until when a decided application may be taken back."""

from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.refusals import Refusal

from .advances import queries as advances
from .models import Application
from .queries.approving import withdraw_until


def check_withdrawal(application: Application) -> None:
    """After a decision, a file may be taken back within the menu's days from the day of its letter, while nothing was ordered.

    Raises Refusal.
    """
    if not application.is_granted:
        return
    until = withdraw_until(application)
    if until is None:
        raise Refusal("交付が決定した申請の取下げは、このメニューでは定められていません。", code="late")
    if clock.today_jst() > until:
        raise Refusal(
            f"取り下げられるのは{wareki(until)}まででした。担当の県の窓口に相談してください。", code="late"
        )
    if advances.ordered(application).exists():
        raise Refusal(
            "概算払の支出命令が出ているか、もう支払われています。担当の県の窓口に相談してください。",
            code="advanced",
        )
