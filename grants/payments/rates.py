"""The table of 源泉徴収, from its data file."""

import tomllib
from functools import cache
from pathlib import Path

from ..calculations.payments import Rate

DATA = Path(__file__).parent.parent / "data" / "withholding.toml"


@cache
def rates() -> tuple[Rate, ...]:
    """Every rate, oldest first."""
    with DATA.open("rb") as file:
        return tuple(Rate(**row) for row in tomllib.load(file)["rates"])
