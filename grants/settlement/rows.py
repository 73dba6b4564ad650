"""The rows of a 決算 as forms hand them to actions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseActual:
    """One line of expenses: what was decided for it (0: it is new) and what it came to, in yen."""

    setsu: int
    description: str
    budget_yen: int
    actual_yen: int
    ineligible_yen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeActual:
    """One typed line of income, likewise."""

    kind: str
    description: str
    budget_yen: int
    actual_yen: int
