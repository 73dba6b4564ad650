"""When a workshop may be."""

from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear
from portal.kernel.refusals import Refusal

from ..models import Workshop


def check_time(workshop: Workshop) -> None:
    """The workshop is to come, and within the 年度 of its programme. Raises Refusal."""
    year = FiscalYear(workshop.menu.programme.fiscal_year)
    if workshop.starts_at is None or workshop.ends_at is None or workshop.starts_at <= clock.now():
        raise Refusal("これからの日時を入れてください。", field="starts_at", code="past")
    if any(at.astimezone(clock.JST).date() not in year for at in (workshop.starts_at, workshop.ends_at)):
        raise Refusal(
            f"{year.label}のうちの日にしてください。この事業の予算は、その年度のものです。",
            field="starts_at",
            code="year",
        )
