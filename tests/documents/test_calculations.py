"""How a 確認番号 is written and read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.documents.calculations import CheckNumber, check_suffix, number_label, read_check_number


@pytest.mark.parametrize(
    ("year", "number", "label"),
    [
        (2026, 42, "R8-KC-0042"),
        (2019, 1, "R1-KC-0001"),
        (2026, 9999, "R8-KC-9999"),
        (2037, 12345, "R19-KC-12345"),
    ],
)
def test_label_counts_reiwa_years_and_pads_to_four_digits(year: int, number: int, label: str) -> None:
    assert number_label(year, "KC", number) == label


@pytest.mark.parametrize(("year", "number"), [(2018, 1), (2026, 0), (2026, -1)])
def test_label_refuses_what_has_no_number(year: int, number: int) -> None:
    with pytest.raises(ValueError, match="no document number"):
        number_label(year, "KC", number)


def test_suffix_is_four_hexadecimal_digits_and_depends_on_every_part() -> None:
    series = ("grants.application", "a", None, 2026, 42)
    suffix = check_suffix(*series)
    assert len(suffix) == 4
    assert int(suffix, 16) >= 0
    assert suffix == check_suffix(*series)
    others = {check_suffix(*series[:4], number) for number in range(43, 143)}
    assert len(others) > 90


def test_suffix_needs_the_installations_key(settings: object) -> None:
    before = [check_suffix("k", number) for number in range(20)]
    settings.SECRET_KEY = "another-installation"  # type: ignore[attr-defined]
    assert [check_suffix("k", number) for number in range(20)] != before


@pytest.mark.parametrize(
    "typed",
    [
        "R8-KC-0042-7F3A",
        "ｒ８－ＫＣ－００４２－７ｆ３ａ",
        " r8 kc‐0042‑7F3A".replace(" kc", "-kc"),
        "R8ーKCー0042ー7F3A",
    ],
)
def test_typed_numbers_are_read_in_any_width_case_and_dash(typed: str) -> None:
    assert read_check_number(typed) == CheckNumber(2026, "KC", 42, "7F3A")


@pytest.mark.parametrize(
    "typed", ["", "R8-KC-0042", "R8-KC-42-7F3A", "8-KC-0042-7F3A", "R8-KC-0042-7F3G", "R8-KC-٠٠٤٢-7F3A"]
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_check_number(typed) is None


@given(st.integers(2019, 2100), st.from_regex(r"[A-Z]{2,4}", fullmatch=True), st.integers(1, 10**8))
def test_every_printed_number_can_be_typed_back(year: int, code: str, number: int) -> None:
    suffix = check_suffix(code, year, number)
    assert read_check_number(f"{number_label(year, code, number)}-{suffix}") == CheckNumber(
        year, code, number, suffix
    )


@given(st.text(max_size=40))
def test_reading_never_fails(typed: str) -> None:
    parts = read_check_number(typed)
    assert parts is None or parts.year >= 2018
