"""How a 確認番号 is written: R8-KC-0042-7F3A. Pure; no database."""

import re
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from .enums import REIWA_FIRST_YEAR

_CHECK_NUMBER = re.compile(r"R([0-9]{1,3})-([A-Z]{2,4})-([0-9]{4,9})-([0-9A-F]{4})")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－ｰ", "-"))
_FULL_WIDTH = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})


@dataclass(frozen=True, slots=True)
class CheckNumber:
    """The parts of a 確認番号. `year` is the Western number of the fiscal (or tax) year."""

    year: int
    code: str
    number: int
    check: str


def number_label(year: int, code: str, number: int) -> str:
    """「R8-KC-0042」: 令和 year, code of the kind, the running number with four digits or more.

    Raises ValueError for a year before 令和 and for a number below 1.
    """
    if year < REIWA_FIRST_YEAR or number < 1:
        raise ValueError(f"no document number for year {year}, number {number}")
    return f"R{year - REIWA_FIRST_YEAR + 1}-{code}-{number:04d}"


def check_suffix(*parts: object) -> str:
    """Four hexadecimal digits that only this installation can derive from the parts of a number.

    They keep numbers from being guessed and tell two bodies' equal numbers apart. Stored with the document, so a
    changed SECRET_KEY leaves old papers valid.
    """
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return salted_hmac("portal.documents.check", text, algorithm="sha256").hexdigest()[:4].upper()


def read_check_number(text: str) -> CheckNumber | None:
    """The parts of a typed 確認番号, tolerant of width, case, spaces and kinds of dash; None when it is none."""
    tidy = re.sub(r"\s", "", text.translate(_FULL_WIDTH)).upper().translate(_DASHES)
    match = _CHECK_NUMBER.fullmatch(tidy)
    if match is None:
        return None
    year, code, number, check = match.groups()
    return CheckNumber(int(year) + REIWA_FIRST_YEAR - 1, code, int(number), check)
