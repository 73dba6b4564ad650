"""bin/bench [names] [--quick] [--fresh]: one table, and bench/results.json. Leaves with 1 when a limit is passed."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from . import databases, million, pages, parts, queue
from .databases import ROOT, Database
from .figures import Figure, table, write
from .servers import serving

BIG, SMALL = 100_000, 1_000
ROUNDS, QUICK = 300, 40
PAGES: dict[str, Callable[[pages.Ground], Iterator[Figure]]] = {
    "floors": pages.against_floors,
    "size": pages.with_size,
    "depth": pages.deep,
    "flush": pages.after_flush,
}
SAID = {
    "pdf": "文書を測っています。",
    "letters": "決定通知書200通を測っています。",
    "imports": "表の取り込みを測っています。",
    "exports": "一覧の書き出しを測っています。",
    "export-grants": "申請2万件の書き出しを測っています。",
    "office": "表から200組を登録するまでを測っています。",
    "search": "検索を測っています。",
    "registration": "申込みを測っています。",
    "queue": "申請2万件の画面を測っています。",
    "million": "催し100万件の画面を測っています。",
}
NAMES = (*PAGES, *SAID)


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for, print and write it."""
    options = read(arguments)
    chosen = options.names or list(NAMES)
    rounds = QUICK if options.quick else ROUNDS
    say("データベースを用意しています(はじめは数分かかります)。")
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, check=True)
    at = Databases(fresh=options.fresh)
    figures: list[Figure] = []
    if paged := [name for name in chosen if name in PAGES]:
        figures += of_pages(at.big(), at.small(), paged, rounds)
    for name in chosen:
        if name in SAID:
            say(SAID[name])
            figures += of(name, at, rounds)
    print(table(figures))
    if set(chosen) == set(NAMES):
        write(figures, rounds=rounds)
    over = [figure.name for figure in figures if figure.is_over]
    if over:
        say(f"上限をこえたもの: {', '.join(over)}")
    return 1 if over else 0


class Databases:
    """The databases to measure in, each prepared when it is first asked for."""

    def __init__(self, *, fresh: bool) -> None:
        self._of_size = cache(lambda size: databases.prepare(size, fresh=fresh))
        self._of_events = cache(lambda total, beside: databases.prepare_events(total, beside, fresh=fresh))
        self._of_files = cache(lambda total, beside: databases.prepare_files(total, beside, fresh=fresh))
        self.search = cache(lambda: databases.prepare_search(fresh=fresh))

    def big(self) -> Database:
        return self._of_size(BIG)

    def small(self) -> Database:
        return self._of_size(SMALL)

    def many_events(self) -> Database:
        return self._of_events(million.MANY, self.big())

    def many_files(self) -> Database:
        return self._of_files(queue.MANY, self.big())

    def few_files(self) -> Database:
        return self._of_files(queue.FEW, self.big())

    def for_letters(self) -> Database:
        return databases.used_up("letters", self.small())

    def near_events(self) -> Database:
        return self._of_events(million.NEAR, self.small())


def of(name: str, at: Databases, rounds: int) -> Sequence[Figure]:
    """The figures of one name that needs no pages of both sizes."""
    measured: dict[str, Callable[[], Sequence[Figure]]] = {
        "pdf": lambda: parts.of_papers(at.small(), max(rounds // 5, 10)),
        "letters": lambda: parts.of_letters(at.for_letters()),
        "imports": lambda: parts.of_imports(at.small()),
        "exports": lambda: parts.of_exports(at.big()),
        "export-grants": lambda: parts.of_files(at.many_files(), queue.MANY),
        "office": lambda: parts.of_office(at.small()),
        "search": lambda: parts.of_search(at.search(), rounds),
        "registration": lambda: parts.of_seats(at.small(), max(rounds // 10, 10)),
        "queue": lambda: list(queue.figures(at.many_files(), at.few_files(), rounds)),
        "million": lambda: list(million.figures(at.many_events(), at.near_events(), at.small(), rounds)),
    }
    return measured[name]()


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """The command line."""
    reader = argparse.ArgumentParser(
        prog="bin/bench", description="画面と文書の速さを、床とくらべて測ります。"
    )
    reader.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="names", help=" ".join(NAMES))
    reader.add_argument("--quick", action="store_true", help=f"{QUICK}回だけ測る(ふつうは{ROUNDS}回)")
    reader.add_argument("--fresh", action="store_true", help="測るためのデータをつくり直す")
    return reader.parse_args(arguments)


def of_pages(big: Database, small: Database, names: Sequence[str], rounds: int) -> list[Figure]:
    """The figures of pages, with both servers running."""
    found: list[Figure] = []
    with serving(big) as at_big, serving(small) as at_small:
        ground = pages.Ground(
            big=at_big,
            small=at_small,
            at_big=pages.addresses(big),
            at_small=pages.addresses(small),
            rounds=rounds,
            redis_url=os.environ["REDIS_URL"],
        )
        for name in names:
            say(f"画面を測っています: {name}")
            found += PAGES[name](ground)
    return found


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
