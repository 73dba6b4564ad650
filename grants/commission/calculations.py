"""Arithmetic of menu ④: the balance of a proposal, means, the ranking. Pure; exact fractions, no float."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


def imbalance(costs: Iterable[int], price_yen: int, own_yen: int) -> int:
    """What the cost lines are above (+) or below (−) the price and the proponent's own money together, in yen."""
    return sum(costs) - price_yen - own_yen


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One proposal with the sheets that count: points by item, in the order of the items.

    `tie_place`: where the panel put it among its equals, None before it did.
    """

    key: str
    sheets: tuple[tuple[int, ...], ...]
    price_yen: int
    tie_place: int | None = None

    @property
    def mean(self) -> Fraction:
        """The mean of the sheets' sums, of 100."""
        return Fraction(sum(map(sum, self.sheets)), len(self.sheets))

    def item_mean(self, position: int) -> Fraction:
        """The mean of one item, 1 is the first."""
        return Fraction(sum(sheet[position - 1] for sheet in self.sheets), len(self.sheets))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One proposal in the ranking. `place` counts from 1, equals share one; `tied`: only the panel can part them."""

    key: str
    mean: Fraction
    place: int
    passes: bool
    tied: bool
    outcome: str

    @property
    def mean_label(self) -> str:
        """Two decimals, cut off: 71.66."""
        return two_decimals(self.mean)


def two_decimals(value: Fraction) -> str:
    """Cut off, never rounded up over a floor: 59.999… is 59.99."""
    hundredths = value.numerator * 100 // value.denominator
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def rank(
    entries: Sequence[Entry], *, floor_percent: int, tie_position: int | None, adopted_count: int
) -> list[Ranked]:
    """Best first: by mean, then the tie item's mean, then the smaller price, then the panel's own order.

    A mean below `floor_percent` % of 100 is not chosen; one proposal alone is examined alike. Outcomes: "adopted" for
    the first `adopted_count` that pass, "reserve" for the others that pass, "not_adopted" below the floor. Those that
    are equal in everything are `tied`; their outcome is "undecided" while they pass.
    """

    def worth(entry: Entry) -> tuple[Fraction, Fraction, int, int]:
        item = entry.item_mean(tie_position) if tie_position else Fraction(0)
        return (-entry.mean, -item, entry.price_yen, entry.tie_place or 0)

    ordered = sorted(entries, key=lambda entry: (worth(entry), entry.key))
    worths = [worth(entry) for entry in ordered]
    made = []
    for entry, own in zip(ordered, worths, strict=True):
        place, tied = worths.index(own) + 1, worths.count(own) > 1
        passes = entry.mean >= floor_percent
        outcome = _outcome(place, passes, tied, adopted_count)
        made.append(
            Ranked(key=entry.key, mean=entry.mean, place=place, passes=passes, tied=tied, outcome=outcome)
        )
    return made


def _outcome(place: int, passes: bool, tied: bool, adopted_count: int) -> str:
    if not passes:
        return "not_adopted"
    if tied:
        return "undecided"
    return "adopted" if place <= adopted_count else "reserve"
