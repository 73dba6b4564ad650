"""The table of the indicator: sums, overlap and city agree whatever is counted."""

from hypothesis import given
from hypothesis import strategies as st

from portal.indicators.calculations import Place, Tally, YearFigures, grouped, matrix

KINDS = (("school", "学校"), ("business", "民間事業者"), ("other", "その他"))
PLACES = tuple(Place(f"15100{n}", f"{n}区", f"ward{n}") for n in range(1, 4))
CITY = Place("151009", "新潟市", "151009", is_ward=False)

records = st.lists(
    st.tuples(
        st.sets(st.sampled_from(PLACES), min_size=1),
        st.sampled_from([key for key, _ in KINDS]),
        st.booleans(),
    ),
    max_size=30,
)


def table(rows):  # type: ignore[no-untyped-def]
    by_area = [Tally(place.code, kind, again, 1) for places, kind, again in rows for place in places]
    city = [Tally(CITY.code, kind, again, 1) for _, kind, again in rows]
    return matrix(KINDS, [*PLACES, CITY], by_area, city)


@given(records)
def test_by_ward_minus_overlap_is_the_city_in_every_column(rows) -> None:  # type: ignore[no-untyped-def]
    found = table(rows)
    columns = zip(found.by_ward.numbers, found.overlap.numbers, found.city.numbers, strict=True)
    assert all(ward.count - overlap.count == city.count for ward, overlap, city in columns)
    assert found.city.total.count == len(rows)


@given(records)
def test_new_and_continuing_make_the_total_and_kinds_too(rows) -> None:  # type: ignore[no-untyped-def]
    found = table(rows)
    for row in (*found.rows, found.by_ward, found.city):
        assert row.new.count + row.continuing.count == row.total.count == sum(n.count for n in row.kinds)


def test_a_record_of_three_wards_overlaps_twice_and_counts_once() -> None:
    found = table([(set(PLACES), "school", False)])
    assert [row.total.count for row in found.rows] == [1, 1, 1]
    assert (found.by_ward.total.count, found.overlap.total.count, found.city.total.count) == (3, 2, 1)


def test_the_city_itself_has_a_row_only_when_something_is_counted_there() -> None:
    assert [row.name for row in matrix(KINDS, [*PLACES, CITY], [], []).rows] == ["1区", "2区", "3区"]
    own = [Tally(CITY.code, "school", False, 2)]
    assert matrix(KINDS, [*PLACES, CITY], own, own).rows[-1].name == "新潟市(区にわけないもの)"


def test_numbers_name_the_list_of_their_records() -> None:
    found = table([({PLACES[0], PLACES[1]}, "school", True)])
    first = found.rows[0]
    assert first.kinds[0].query == "ward=ward1&actor=school"
    assert (first.total.query, first.new.query, first.continuing.query) == (
        "ward=ward1",
        "ward=ward1&age=new",
        "ward=ward1&age=continuing",
    )
    assert (found.city.total.query, found.overlap.total.query) == ("all=1", "overlap=1")
    assert found.overlap.kinds[0].query == "overlap=1&actor=school"
    assert {number.query for number in found.by_ward.numbers} == {""}  # a sum of rows is no list of records


def test_bars_add_up_the_kinds_of_their_colour() -> None:
    found = table([({PLACES[0]}, "school", False), ({PLACES[0]}, "other", False)])
    groups = (("学校", frozenset({"school"})), ("ほか", frozenset({"business", "other"})))
    assert grouped(found.rows, KINDS, groups)[0] == ("1区", [1, 1])


def test_the_rate_needs_a_target_and_rounds_down() -> None:
    assert YearFigures(2026, 214, target=300).rate == 71
    assert YearFigures(2026, 214).rate is None
    assert YearFigures(2026, 214, target=0).rate is None
