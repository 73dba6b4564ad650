"""The kinds of property and their years, from their data file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data" / "useful-lives.toml"
OTHER = "other"  # not in the table: the office sets the years
YEARS_MAX = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One kind of property. `always`: it is listed whatever it cost."""

    key: str
    label: str
    years: int
    source: str
    always: bool = False


@cache
def lives() -> dict[str, Life]:
    """Every kind by its key, in the order of the file."""
    with DATA.open("rb") as file:
        return {row["key"]: Life(**row) for row in tomllib.load(file)["lives"]}


def choices() -> list[tuple[str, str]]:
    """For a form: each kind with its years."""
    return [(row.key, f"{row.label} {row.years}年") for row in lives().values()]


def label(key: str) -> str:
    """What a kind is called; a key that left the table speaks for itself."""
    found = lives().get(key)
    return found.label if found else key
