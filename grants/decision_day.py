"""When a decision may be dated, whatever is decided."""

from datetime import date

from portal.kernel.fiscal import FiscalYear
from portal.kernel.refusals import Refusal

from .models import Approval


def check_year(approval: Approval, decided_on: date) -> None:
    """A decision is of its programme's 年度. Raises Refusal at the field 「decided_on」."""
    year = FiscalYear(approval.menu.programme.fiscal_year)
    if decided_on not in year:
        raise Refusal(f"決裁日は、{year.label}のうちの日です。", field="decided_on")
