"""When a visit may be."""

from datetime import datetime

from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear
from portal.kernel.refusals import Refusal

from ..models import Dispatch


def check_time(dispatch: Dispatch, starts_at: datetime, ends_at: datetime) -> None:
    """A visit is to come, on one day, and within the programme's 年度. Raises Refusal."""
    year = FiscalYear(dispatch.menu.programme.fiscal_year)
    first, last = (at.astimezone(clock.JST).date() for at in (starts_at, ends_at))
    if starts_at <= clock.now():
        raise Refusal("これからの日時を入れてください。", field="starts_at")
    if ends_at <= starts_at or first != last:
        raise Refusal("終わりは、始まりと同じ日の、後の時刻にしてください。", field="ends_at")
    if first not in year:
        raise Refusal(
            f"{year.label}のうち({year.end.month}月{year.end.day}日まで)の日にしてください。",
            field="starts_at",
        )
