"""What is left of a 科目, from the sums of `queries.lines`. In yen."""

from typing import Any


def uncommitted(line: Any) -> int:
    """予算の残: the budget without what is planned or charged. Below 0 when a budget was cut afterwards."""
    return int(line.amount_yen - line.planned_yen - line.committed_yen)


def left(line: Any) -> int:
    """未払: charged and not paid yet; what came back (戻入) lowered the charge and counts as not paid."""
    return int(line.committed_yen - line.paid_yen + line.returned_yen)
