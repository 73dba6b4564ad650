"""The arithmetic of a budget and of the grant: pure, in whole yen, tax included. No database, no clock.

Source: workflows.md 'Amount of ③' (令和6年度: 県1/2, 市町村1/2, 1市町村あたり上限100万円; 千円未満切捨て).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from portal.kernel.money import floor_thousand

from ..enums import IncomeKind, RuleEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseRow:
    """One line of the budget's expenses. `setsu` is the number of its 節."""

    setsu: int
    description: str
    unit_price_yen: int
    quantity: int = 1
    ineligible_yen: int = 0

    @property
    def amount_yen(self) -> int:
        return self.unit_price_yen * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeRow:
    """One typed line of income: 特定財源 (fees, donations, other grants) or the コミプラ's own money."""

    kind: str
    description: str
    amount_yen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseRule:
    """A rule on expenses: which 節, which words in the description (none = every row), what it does, what it says."""

    setsu: tuple[int, ...]
    words: tuple[str, ...]
    effect: str
    text: str

    def matches(self, row: ExpenseRow) -> bool:
        return row.setsu in self.setsu and (
            not self.words or any(word in row.description for word in self.words)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of a menu for one municipality: the share as a fraction, and the cap left (None: no cap)."""

    share: Fraction
    cap_left_yen: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Everything the page shows beside the budget, in yen."""

    total_yen: int
    ineligible_yen: int
    specific_yen: int
    own_yen: int
    outlay_yen: int
    base_yen: int
    shared_yen: int
    cap_left_yen: int | None
    grant_yen: int
    share_offered_yen: int
    share_yen: int | None
    income_yen: int

    @property
    def eligible_yen(self) -> int:
        return self.total_yen - self.ineligible_yen

    @property
    def difference_yen(self) -> int:
        """Income − expenses; 0 when the budget balances."""
        return self.income_yen - self.total_yen

    @property
    def shortage_yen(self) -> int:
        """How much the income lacks; 0 when it is enough."""
        return max(0, -self.difference_yen)

    @property
    def is_balanced(self) -> bool:
        return self.share_yen is not None and self.difference_yen == 0

    @property
    def is_capped(self) -> bool:
        return self.cap_left_yen is not None and self.cap_left_yen < self.shared_yen

    @property
    def outlay_binds(self) -> bool:
        return self.outlay_yen < self.eligible_yen - self.specific_yen


def base(*, eligible_yen: int, specific_yen: int, outlay_yen: int) -> int:
    """補助対象経費: eligible − other specific income, at most what the municipality pays out before the grant."""
    return max(0, min(eligible_yen - specific_yen, outlay_yen))


def grant(*, base_yen: int, terms: Terms) -> int:
    """The grant: share of the base, at most the cap left, rounded down to 1,000 yen."""
    shared = shared_part(base_yen, terms.share)
    return floor_thousand(shared if terms.cap_left_yen is None else min(shared, terms.cap_left_yen))


def shared_part(base_yen: int, share: Fraction) -> int:
    """base × share in whole yen, rounded down."""
    return base_yen * share.numerator // share.denominator


def used(
    *, drafted_yen: int = 0, decided_yen: int = 0, changing_yen: int = 0, settled_yen: int | None = None
) -> int:
    """What one file uses of the cap: settled, else max(decided, change under decision), else the drafted decision."""
    if settled_yen is not None:
        return settled_yen
    return max(decided_yen, changing_yen) or drafted_yen


def cap_left(*, limit_yen: int, used_yen: Iterable[int]) -> int:
    """What is left of a cap after all other files' uses; never below 0."""
    return max(0, limit_yen - sum(used_yen))


def apply_rules(
    rows: Iterable[ExpenseRow], rules: Sequence[ExpenseRule]
) -> list[tuple[ExpenseRow, tuple[ExpenseRule, ...]]]:
    """Each row with the rules that match it; a row that a rule excludes has its whole amount ineligible."""
    judged = []
    for row in rows:
        matching = tuple(rule for rule in rules if rule.matches(row))
        excluded = any(rule.effect == RuleEffect.EXCLUDE for rule in matching)
        judged.append((replace(row, ineligible_yen=row.amount_yen) if excluded else row, matching))
    return judged


def compute(
    *,
    expenses: Iterable[ExpenseRow],
    incomes: Iterable[IncomeRow],
    share_yen: int | None,
    outlay_yen: int | None,
    terms: Terms,
) -> Amounts:
    """All amounts of a budget. `outlay_yen` is the 18節 line of 間接補助; None means 直営 (total − specific income).

    `share_yen` is the 市町村負担 as typed, None while nobody typed it. The rules must have been applied to `expenses`.
    """
    rows, typed = list(expenses), list(incomes)
    total = sum(row.amount_yen for row in rows)
    ineligible = sum(row.ineligible_yen for row in rows)
    specific = sum(row.amount_yen for row in typed if row.kind == IncomeKind.SPECIFIC)
    own = sum(row.amount_yen for row in typed if row.kind == IncomeKind.OWN)
    outlay = max(0, total - specific) if outlay_yen is None else outlay_yen
    counted = base(eligible_yen=total - ineligible, specific_yen=specific, outlay_yen=outlay)
    granted = grant(base_yen=counted, terms=terms)
    return Amounts(
        total_yen=total,
        ineligible_yen=ineligible,
        specific_yen=specific,
        own_yen=own,
        outlay_yen=outlay,
        base_yen=counted,
        shared_yen=shared_part(counted, terms.share),
        cap_left_yen=terms.cap_left_yen,
        grant_yen=granted,
        share_offered_yen=max(0, total - specific - own - granted),
        share_yen=share_yen,
        income_yen=granted + (share_yen or 0) + specific + own,
    )
