"""Whether an advance can be asked for. Reads nothing but the file, its menu and its other advances."""

from collections.abc import Sequence
from datetime import date

from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ..calculations import advances as sums
from ..models import Advance, Application
from . import queries


def check_room(application: Application, amount_yen: int, *, but: Advance | None = None) -> None:
    """The case is locked. Raises Refusal with what is left."""
    most = queries.room_of(application, but=but)
    if not 0 < amount_yen <= most:
        percent = application.menu.advance_percent
        raise Refusal(
            f"概算払を請求できる額は、いま{yen(most)}までです(交付決定額{yen(application.decided_yen or 0)}の{percent}%から、"
            "これまでの概算払を引いた額)。",
            field="amount_yen",
            code="over",
        )


def check_plan(application: Application, amount_yen: int, plan: Sequence[tuple[date, int]]) -> None:
    """It says month by month, from this one to the planned end, where the whole amount goes. Raises Refusal."""
    if not sums.is_planned(amount_yen, plan):
        raise Refusal(
            f"資金計画の合計は{yen(sum(part for _, part in plan))}です。概算払の額({yen(amount_yen)})と同じにしてください。",
            code="plan",
        )
    allowed = queries.months_of(application)
    if any(month not in allowed for month, _ in plan):
        raise Refusal("資金計画の月は、今月から完了予定の月までです。", code="month")
