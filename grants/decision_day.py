"""When a decision may be dated, and until when a decided project runs, whatever is decided."""

from datetime import date

from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear, wareki
from portal.kernel.refusals import Refusal

from .models import Application, Approval


def check_year(approval: Approval, decided_on: date) -> None:
    """A decision is of its programme's 年度; about a carried file, of the next one too. Raises Refusal at 「decided_on」."""
    year = FiscalYear(approval.menu.programme.fiscal_year)
    application = approval.application
    last = runs_until(application) if application is not None else year.end
    if not year.start <= decided_on <= last:
        label = year.label if last == year.end else f"{year.label}か{year.next.label}"
        raise Refusal(f"決裁日は、{label}のうちの日です。", field="decided_on")


def runs_until(application: Application) -> date:
    """The last day on which the project of a decided file may run: 31 March of its year, of the next when it is carried over."""
    return FiscalYear(application.menu.programme.fiscal_year + bool(application.carried)).end


def check_running(application: Application) -> None:
    """Raises Refusal once that day has passed."""
    last = runs_until(application)
    if clock.today_jst() > last:
        raise Refusal(f"この事業の期間は、{wareki(last)}で終わりました。", code="year")
