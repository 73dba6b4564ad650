"""The ranking of ④, pure: means, the floor, the tie rule, one proposal alone; over random panels too."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.commission.calculations import Entry, imbalance, rank, two_decimals

WEIGHTS = (15, 15, 25, 15, 10, 10, 10)


def entry(key: str, *sheets: tuple[int, ...], price: int = 1_000_000, tie: int | None = None) -> Entry:
    return Entry(key=key, sheets=sheets, price_yen=price, tie_place=tie)


def outcomes(
    *entries: Entry, floor: int = 60, tie: int | None = None, adopted: int = 1
) -> list[tuple[str, int, str]]:
    found = rank(entries, floor_percent=floor, tie_position=tie, adopted_count=adopted)
    return [(row.key, row.place, row.outcome) for row in found]


def test_the_best_is_adopted_the_next_is_in_reserve_and_below_the_floor_is_not_chosen() -> None:
    assert outcomes(entry("a", (70,), (80,)), entry("b", (90,), (80,)), entry("c", (59,), (60,))) == [
        ("b", 1, "adopted"), ("a", 2, "reserve"), ("c", 3, "not_adopted"),
    ]  # fmt: skip


@pytest.mark.parametrize(("points", "outcome"), [((60, 60), "adopted"), ((60, 59), "not_adopted")])
def test_one_proposal_alone_is_held_against_the_floor(points: tuple[int, int], outcome: str) -> None:
    assert outcomes(entry("a", (points[0],), (points[1],))) == [("a", 1, outcome)]


def test_equals_are_parted_by_the_item_then_the_price_then_the_panel() -> None:
    by_item = (entry("a", (40, 30)), entry("b", (30, 40)))
    assert outcomes(*by_item, tie=2) == [("b", 1, "adopted"), ("a", 2, "reserve")]
    by_price = (entry("a", (40, 30)), entry("b", (40, 30), price=999_999))
    assert outcomes(*by_price, tie=2) == [("b", 1, "adopted"), ("a", 2, "reserve")]
    equal = (entry("a", (40, 30)), entry("b", (40, 30)))
    assert outcomes(*equal, tie=2) == [("a", 1, "undecided"), ("b", 1, "undecided")]
    decided = (entry("a", (40, 30), tie=2), entry("b", (40, 30), tie=1))
    assert outcomes(*decided, tie=2) == [("b", 1, "adopted"), ("a", 2, "reserve")]
    low = (entry("a", (20, 30)), entry("b", (20, 30)))
    assert outcomes(*low, tie=2) == [("a", 1, "not_adopted"), ("b", 1, "not_adopted")]


def test_figures_are_cut_off_never_rounded_over_the_floor() -> None:
    assert two_decimals(Fraction(17999, 300)) == "59.99"
    assert two_decimals(Fraction(60)) == "60.00"
    assert (
        rank([entry("a", (60,), (60,), (59,))], floor_percent=60, tie_position=None, adopted_count=1)[
            0
        ].mean_label
        == "59.66"
    )
    assert [imbalance([3, 4], 5, 2), imbalance([3], 5, 0), imbalance([9], 5, 2)] == [0, -2, 2]


panels = st.integers(1, 5).flatmap(
    lambda reviewers: st.lists(
        st.tuples(
            st.lists(
                st.tuples(*(st.integers(0, weight) for weight in WEIGHTS)),
                min_size=reviewers,
                max_size=reviewers,
            ),
            st.integers(1, 1_500_000),
        ),
        min_size=1,
        max_size=7,
    )
)


@given(panels, st.integers(1, 100), st.integers(1, 7), st.integers(1, 3))
def test_a_ranking_is_whole_ordered_and_keeps_to_the_floor(rows, floor: int, tie: int, adopted: int) -> None:  # type: ignore[no-untyped-def]
    entries = [
        Entry(key=str(n), sheets=tuple(sheets), price_yen=price) for n, (sheets, price) in enumerate(rows)
    ]
    found = rank(entries, floor_percent=floor, tie_position=tie, adopted_count=adopted)
    assert sorted(row.key for row in found) == sorted(row.key for row in entries)
    assert [row.mean for row in found] == sorted((row.mean for row in found), reverse=True)
    assert [row.place for row in found] == sorted(row.place for row in found)
    assert sum(row.outcome == "adopted" for row in found) <= adopted
    for row in found:
        assert (row.outcome == "not_adopted") == (row.mean < floor)
        assert 0 <= row.mean <= 100
    again = rank(list(reversed(entries)), floor_percent=floor, tie_position=tie, adopted_count=adopted)
    assert again == found, "the order in which proposals came in changes nothing"


@given(panels, st.data())
def test_taking_one_out_never_worsens_the_place_of_another(rows, data) -> None:  # type: ignore[no-untyped-def]
    entries = [
        Entry(key=str(n), sheets=tuple(sheets), price_yen=price) for n, (sheets, price) in enumerate(rows)
    ]
    gone = data.draw(st.sampled_from(entries))
    before = {row.key: row.place for row in rank(entries, floor_percent=60, tie_position=3, adopted_count=1)}
    left = [row for row in entries if row is not gone]
    for row in rank(left, floor_percent=60, tie_position=3, adopted_count=1):
        assert row.place <= before[row.key]
