"""bin/bench [names] [--quick] [--fresh]: one table, and bench/results.json. Leaves with 1 when a limit is passed."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence

from . import databases, pages
from .databases import ROOT, Database
from .figures import Figure, compared, table, write
from .servers import serving

BIG, SMALL = 100_000, 1_000
ROUNDS, QUICK = 300, 40
PAGES: dict[str, Callable[[pages.Ground], Iterator[Figure]]] = {
    "floors": pages.against_floors,
    "size": pages.with_size,
    "depth": pages.deep,
    "flush": pages.after_flush,
}
NAMES = (*PAGES, "pdf")


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for, print and write it."""
    options = read(arguments)
    chosen = options.names or list(NAMES)
    rounds = QUICK if options.quick else ROUNDS
    say("データベースを用意しています(はじめは数分かかります)。")
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, check=True)
    big = databases.prepare(BIG, fresh=options.fresh) if set(chosen) & set(PAGES) else None
    small = databases.prepare(SMALL, fresh=options.fresh)
    figures: list[Figure] = []
    if big is not None:
        figures += of_pages(big, small, [name for name in chosen if name in PAGES], rounds)
    if "pdf" in chosen:
        say("文書を測っています。")
        figures += of_papers(small, max(rounds // 5, 10))
    print(table(figures))
    if chosen == list(NAMES):
        write(figures, rounds=rounds)
    over = [figure.name for figure in figures if figure.is_over]
    if over:
        say(f"上限をこえたもの: {', '.join(over)}")
    return 1 if over else 0


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


def of_papers(database: Database, rounds: int) -> list[Figure]:
    """The figures of papers, in a process of their own: memory is theirs alone."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.papers", str(rounds)],
        cwd=ROOT,
        env=database.environment | {"PROCESS": "worker"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    told = json.loads(done.stdout)
    return [
        compared("pdf", "補助金交付申請書のPDF / WeasyPrintだけ", told["ours"], told["bare"], limit=1.25),
        Figure(
            name="memory", title="200通つくったあとに増えた記憶", value=told["growth"], unit="MB", limit=20
        ),
        Figure(
            name="network",
            title="文書づくりがネットワークへ出た数",
            value=told["network"],
            unit="件",
            limit=0,
        ),
        Figure(name="size", title="PDFの大きさ", value=told["size"] / 1000, unit="KB"),
    ]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
