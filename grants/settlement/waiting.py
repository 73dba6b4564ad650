"""What must wait while a 決裁 about the file is open, or while money of an advance is on its way."""

from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ..advances import queries as advances
from ..carrying import queries as carrying
from ..models import Application


def check_no_approval(application: Application) -> None:
    """Refuse while a 決裁 about the file is open: what it decides must not move under it."""
    waiting = application.approvals.filter(state="drafted").first()
    if waiting is not None:
        raise Refusal(
            f"「{waiting.get_matter_display()}」の決裁が進んでいます。それが終わってから、手続きをしてください。",
            code="deciding",
        )


def check_nothing_asked(application: Application, step: str = "実績を報告する") -> None:
    """Refuse a result, or another `step`, while a 繰越し has no answer, or an advance was asked for or granted and is not paid."""
    if carrying.requested(application) is not None:
        raise Refusal(
            f"繰越しの申請の結果が出ていません。{step}ときは、先に繰越しの申請を取り下げてください。",
            code="carrying",
        )
    waiting = advances.unpaid(application).first()
    if waiting is not None:
        raise Refusal(
            f"{waiting}({yen(waiting.amount_yen)})の支払いが済んでいません。支払われてから{step}か、概算払の請求を取り下げてください。",
            code="advance",
        )


def check_advances_fit(application: Application, asked_yen: int) -> None:
    """Refuse a change to less than what was asked for, granted or paid in advance."""
    advanced = advances.live_yen(application)
    if asked_yen < advanced:
        raise Refusal(
            f"変更後の額は、概算払の額({yen(advanced)})より少なくできません。使わなかった分は、額の確定のあとで返還します。",
            field="asked_yen",
            code="advanced",
        )
