"""When a decision may be dated, and until when a decided project runs, whatever is decided."""

from datetime import date

from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear, wareki
from portal.kernel.refusals import Refusal

from .models import Application, Approval


def check_year(approval: Approval, decided_on: date) -> None:
    """A decision is of its programme's 年度. Raises Refusal at the field 「decided_on」."""
    year = FiscalYear(approval.menu.programme.fiscal_year)
    if decided_on not in year:
        raise Refusal(f"決裁日は、{year.label}のうちの日です。", field="decided_on")


def runs_until(application: Application) -> date:
    """The last day on which the project of a decided file may run: 31 March of its year."""
    return FiscalYear(application.menu.programme.fiscal_year).end


def check_running(application: Application) -> None:
    """Raises Refusal once that day has passed."""
    last = runs_until(application)
    if clock.today_jst() > last:
        raise Refusal(f"この事業の期間は、{wareki(last)}で終わりました。", code="year")
