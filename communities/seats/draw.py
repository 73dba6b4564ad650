"""抽選をやり直すプログラム — draws a lottery again from what is published. Python 3.10 or later, nothing else needed.

    python3 draw.py 応募の一覧.csv 種 定員 [封]

The rule (version 1):
1. Before entries begin the SHA-256 of a secret seed is published (封): the seed is fixed, and cannot be changed any more.
   The seed itself (種) is made from the key of the server at the draw and published then; until then it is kept nowhere,
   and nobody of the office reads it.
2. Each entry gets the ticket SHA-256("<種>:<受付番号>") in hexadecimal. Entries are called in the order of their tickets.
3. A party is given seats when all its people still fit; otherwise it waits, and the next one is called. Those who wait
   keep this order.
"""

import csv
import hashlib
import sys
from collections.abc import Iterable
from typing import NamedTuple


class Entry(NamedTuple):
    """One party: its number and how many people come."""

    number: int
    people: int


class Drawn(NamedTuple):
    """One line of the result. `rank` begins at 1."""

    rank: int
    number: int
    people: int
    ticket: str
    has_seats: bool


def seal(seed: str) -> str:
    """What is published before the draw: it fixes the seed without showing it."""
    return hashlib.sha256(seed.encode()).hexdigest()


def ticket(seed: str, number: int) -> str:
    """The lot of one entry: nobody can foresee it without the seed, everybody can compute it with it."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def draw(seed: str, entries: Iterable[Entry], capacity: int | None) -> list[Drawn]:
    """The result in the order of the draw. The same seed, entries and capacity always give the same."""
    left, result = capacity, []
    called = sorted((ticket(seed, entry.number), entry) for entry in entries)
    for rank, (lot, entry) in enumerate(called, start=1):
        fits = left is None or entry.people <= left
        if fits and left is not None:
            left -= entry.people
        result.append(Drawn(rank, entry.number, entry.people, lot, fits))
    return result


def main(arguments: list[str]) -> int:
    """The command line: 1 when the seed does not belong to the seal."""
    path, seed, capacity, *sealed = arguments
    with open(path, newline="", encoding="utf-8-sig") as file:
        entries = [Entry(int(row["受付番号"]), int(row["人数"])) for row in csv.DictReader(file)]
    for line in draw(seed, entries, int(capacity) if capacity.isdigit() else None):
        sys.stdout.write(
            f"{line.rank}\t{line.number}番\t{line.people}人\t{'当選' if line.has_seats else 'キャンセル待ち'}\n"
        )
    if sealed and seal(seed) != sealed[0]:
        sys.stderr.write("種と封が合いません。\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
