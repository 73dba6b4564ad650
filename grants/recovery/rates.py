"""The rates of 加算金 and 延滞金, from their data file."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from ..calculations.recovery import LateRate

DATA = Path(__file__).parent.parent / "data" / "late-charges.toml"


@cache
def rates(kind: str) -> tuple[LateRate, ...]:
    """Every rate of 「surcharge」 or 「arrears」."""
    with DATA.open("rb") as file:
        return tuple(LateRate(**row) for row in tomllib.load(file)["rates"] if row["kind"] == kind)


def label(known: Iterable[LateRate], on: date) -> str:
    """「年10.95%」: what counts on a day."""
    share = max((rate for rate in known if rate.first_on <= on), key=lambda rate: rate.first_on).share
    return f"年{share / 100:g}%"
