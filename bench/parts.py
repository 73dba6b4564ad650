"""Figures that are taken in processes of their own: memory is theirs alone, and a worker stays a worker."""

import json
import subprocess
import sys
from statistics import median
from typing import Any

from . import office
from .databases import ROOT, Database
from .figures import Figure, compared
from .search_rows import COMMON, MEDIUM, RARE

FEW_ROWS, MANY_ROWS = 1_000, 20_000
OFFICE_LIMIT = 180.0  # 「200 communities in 3 minutes」
LETTERS = 200
TOLD = 1_000  # rows of an export between two looks at its progress
THREADS_FLOOR = 0.8  # of the registrations a second that bare ORM makes


def of_papers(database: Database, rounds: int) -> list[Figure]:
    """PDF against WeasyPrint, its memory, its silence."""
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


def of_letters(database: Database) -> list[Figure]:
    """A letter of a batch of 200 against WeasyPrint alone, the memory of all, what deciding a file takes, and what two killed workers left."""
    told = told_by("bench.letters", LETTERS, database.environment | {"PROCESS": "worker"})
    letter, bare = (median(told[name]) * 1000 for name in ("letters", "bare"))
    return [
        Figure(
            name="letters", title=f"決定通知書{LETTERS}通の1通 / WeasyPrintだけ", value=letter, unit="ms",
            floor=bare, ratio=letter / bare, limit=1.25,
        ),
        Figure(name="letters-memory", title=f"{LETTERS}通つくったあとに増えた記憶", value=told["growth"], unit="MB", limit=20),
        Figure(name="letters-decided", title="1件を決める", value=told["decided"] * 1000, unit="ms"),
        Figure(
            name="letters-killed", title="作業の途中で2回止めたあとの、欠番と二重・欠けた通知書", value=told["faults"], unit="件",
            limit=0,
        ),
    ]  # fmt: skip


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
            name="import-statements",
            title="表1,000行の登録の問い合わせ",
            value=few["statements"],
            unit="件",
        ),
        Figure(
            name="import-memory",
            title="表20,000行の読み取りに、1,000行より多くいる記憶",
            value=many["growth"] - few["growth"],
            unit="MB",
            limit=20,
        ),
    ]


def of_exports(database: Database) -> list[Figure]:
    """Seconds and further memory of writing the whole list of 100,000 communities, as csv and as xlsx. A process each."""
    return _taken_out("communities", "export", "", database, database.size)


def of_files(database: Database, files: int) -> list[Figure]:
    """The same of the list of all files of the grants."""
    return _taken_out("applications", "export-grants", "申請", database, files)


def _taken_out(kind: str, name: str, what: str, database: Database, least: int) -> list[Figure]:
    environment = database.environment | {"PROCESS": "worker"}
    found = []
    for form in ("csv", "xlsx"):
        told = told_by("bench.exports", f"{kind}-{form}", environment)
        rows = f"{what}{told['rows'] // 1000}千行の書き出し({form})"
        if told["rows"] < least or told["moved"] < told["rows"] // TOLD:
            raise SystemExit(f"書き出したのは{told['rows']}行、進み具合が動いたのは{told['moved']}回です。")
        found += [
            Figure(name=f"{name}-{form}", title=rows, value=told["seconds"], unit="秒"),
            Figure(
                name=f"{name}-{form}-memory",
                title=f"{rows}に多くいる記憶",
                value=told["growth"],
                unit="MB",
                limit=60,
            ),
        ]
    return found


def of_office(database: Database) -> list[Figure]:
    """An officer brings in and publishes 200 communities through the pages and a worker: within three minutes."""
    told = told_by("bench.office", office.COMMUNITIES, database.environment | {"PROCESS": "web"})
    title = f"{office.COMMUNITIES}組を表から登録して公開"
    return [
        Figure(name="office", title=f"{title}(画面から)", value=told["whole"], unit="秒", limit=OFFICE_LIMIT),
        Figure(name="office-read", title="うち、送ってから確かめるまで", value=told["preview"], unit="秒"),
        Figure(name="office-made", title="うち、登録して公開するまで", value=told["apply"], unit="秒"),
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


def of_seats(database: Database, rounds: int) -> list[Figure]:
    """The registration action, 8 threads at one event, against bare ORM doing the same steps."""
    # Eight wait at one lock: on a busy machine that makes a figure late, not none.
    patient = {"PROCESS": "web", "PGOPTIONS": "-c lock_timeout=60s -c statement_timeout=60s"}
    told = told_by("bench.seats", rounds, database.environment | patient)
    title = f"申込み{told['batch']}件({told['threads']}本同時) / 同じ手順をORMだけで"
    return [
        compared("registration", title, told["ours"], told["bare"], limit=1 / THREADS_FLOOR),
        Figure(
            name="registration-rate",
            title="1秒に受け付ける申込み",
            value=told["batch"] / sorted(told["ours"])[len(told["ours"]) // 2],
            unit="件",
        ),
    ]


def told_by(module: str, argument: object, environment: dict[str, str]) -> Any:
    """What a module of its own process measured, as it told it in JSON."""
    done = subprocess.run(
        [sys.executable, "-m", module, str(argument)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)
