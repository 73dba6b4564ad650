"""bin/bench [names] [--quick] [--fresh]: one table, and bench/results.json. Leaves with 1 when a limit is passed."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from . import databases, pages
from .databases import ROOT, Database
from .figures import Figure, compared, table, write
from .search_rows import COMMON, MEDIUM, RARE
from .servers import serving

BIG, SMALL = 100_000, 1_000
ROUNDS, QUICK = 300, 40
PAGES: dict[str, Callable[[pages.Ground], Iterator[Figure]]] = {
    "floors": pages.against_floors,
    "size": pages.with_size,
    "depth": pages.deep,
    "flush": pages.after_flush,
}
NAMES = (*PAGES, "pdf", "imports", "search")
FEW_ROWS, MANY_ROWS = 1_000, 20_000


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for, print and write it."""
    options = read(arguments)
    chosen = options.names or list(NAMES)
    rounds = QUICK if options.quick else ROUNDS
    say("データベースを用意しています(はじめは数分かかります)。")
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, check=True)
    paged = [name for name in chosen if name in PAGES]
    big = databases.prepare(BIG, fresh=options.fresh) if paged else None
    small = (
        databases.prepare(SMALL, fresh=options.fresh) if paged or {"pdf", "imports"} & set(chosen) else None
    )
    figures: list[Figure] = []
    if big and small:
        figures += of_pages(big, small, paged, rounds)
    if small and "pdf" in chosen:
        say("文書を測っています。")
        figures += of_papers(small, max(rounds // 5, 10))
    if small and "imports" in chosen:
        say("表の取り込みを測っています。")
        figures += of_imports(small)
    if "search" in chosen:
        say("検索を測っています。")
        figures += of_search(databases.prepare_search(fresh=options.fresh), rounds)
    if "registration" in chosen:
        say("申込みを測っています。")
        figures.append(of_seats(small, max(rounds // 15, 6)))
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
    told = told_by("bench.papers", rounds, database.environment | {"PROCESS": "worker"})
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


def of_imports(database: Database) -> list[Figure]:
    """Seconds for a list of 1,000 with 5 % faulty rows, and what 20,000 rows take more of memory. A process each."""
    environment = database.environment | {"PROCESS": "worker"}
    few, many = (told_by("bench.imports", rows, environment) for rows in (FEW_ROWS, MANY_ROWS))
    seconds = (
        ("preview", "表1,000行の読み取り"),
        ("apply", "表1,000行の登録"),
        ("undo", "表1,000行の取消し"),
    )
    return [
        *(
            Figure(
                name=f"import-{name}",
                title=title,
                value=few[name],
                unit="秒",
                goal=None if name == "undo" else 5.0,
            )
            for name, title in seconds
        ),
        Figure(
            name="import-memory",
            title="表20,000行の読み取りに、1,000行より多くいる記憶",
            value=many["growth"] - few["growth"],
            unit="MB",
            limit=20,
        ),
    ]


def of_search(database: Database, rounds: int) -> list[Figure]:
    """The figures of search at 100,000 communities, 200,000 people and 1,000,000 events."""
    told = told_by("bench.search", rounds, database.environment | {"PROCESS": "web"})
    titles = {RARE: "50件の言葉", MEDIUM: "8,000件の言葉", COMMON: "多すぎる言葉"}
    figures = [
        compared(
            f"search-{name}",
            f"検索 {titles[word]} / 全行を読む検索",
            told[word]["ours"],
            told[word]["plain"],
            limit=None if word == COMMON else 0.1,
        )
        for name, word in (("rare", RARE), ("medium", MEDIUM), ("common", COMMON))
    ]
    for name, title in (("p95", "検索 95%がこれより速い"), ("slowest", "検索 いちばん遅い")):
        goal = 50.0 if name == "p95" else None
        figures.append(
            Figure(name=f"search-{name}", title=title, value=told[name] * 1000, unit="ms", goal=goal)
        )
    return figures


def told_by(module: str, rounds: int, environment: dict[str, str]) -> Any:
    """What a module of its own process measured, as it told it in JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module, str(rounds)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def of_seats(database: Database, rounds: int) -> Figure:
    """The registration action, 8 threads at one event: at least 0.8 × the registrations a second of bare ORM."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.seats", str(rounds)],
        cwd=ROOT,
        env=database.environment | {"PROCESS": "web"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    told = json.loads(done.stdout)
    title = f"申込み{told['batch']}件(8本同時) / 同じ手順をORMだけで"
    return compared("registration", title, told["ours"], told["bare"], limit=1 / 0.8)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
