"""Tables: what it costs to read and to register a ward's list, and whether memory stays flat with the rows.

`python -m bench.imports ROWS` in the environment of a database with the demo; tells JSON. Every twentieth row is faulty.
Up to 1,000 rows are registered too, and taken back at the end.
"""

import gc
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django

FAULTY_EVERY = 20
PERSONA = "ward-akiha"
AREA = "151050"
REGISTERED = 1_000


def table(rows: int, mark: str) -> bytes:
    """An xlsx of so many communities, one in twenty with a date that no era has."""
    from portal.kernel import sheets

    def lines() -> Any:
        yield ["名称", "フリガナ", "区", "概要", "活動内容", "設立年月日", "活動場所", "連絡先"]
        for number in range(rows):
            word = "".join("アカサタナハマヤラワ"[int(digit)] for digit in str(number))
            founded = "昭和99年1月1日" if number % FAULTY_EVERY == 7 else f"令和5年4月{number % 28 + 1}日"
            name, kana = f"{mark}の集まり{number}", f"ハカルアツマリ{word}{mark}"
            story = "月に2回、地域の人と集まり、できることを持ち寄っています。" * 3
            yield [name, kana, "秋葉区", f"{number}番目の集まりです。", story, founded, "公民館", "区役所"]

    with sheets.xlsx_file(lines(), title="一覧") as file:
        return file.read()


def peak_megabytes() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements made inside."""
    from django.db import connection

    made: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        made.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield made


def main(rows: int) -> dict[str, Any]:
    from portal.accounts.models import User
    from portal.kernel import imports
    from portal.kernel.actors import UserActor
    from portal.site.demo.world import DOMAIN

    by = UserActor(User.objects.get(email=f"{PERSONA}@{DOMAIN}"))
    imported = sent(rows, by)
    gc.collect()
    before = peak_megabytes()
    options = {"area": AREA}
    told: dict[str, Any] = {}
    told["preview"] = timed(
        lambda: carried_out(
            imports.choose_columns(by=by, imported=imported, mapping=imported.mapping, options=options)
        )
    )
    told["growth"] = peak_megabytes() - before
    faulty = len(range(7, rows, FAULTY_EVERY))
    expect(imported, "previewed", imported.row_count == rows and imported.faulty_count == faulty)
    if rows <= REGISTERED:
        with counted() as statements:
            told["apply"] = timed(lambda: carried_out(imports.ask_to_apply(by=by, imported=imported)))
        told["statements"] = len(statements)
        expect(imported, "applied", imported.made_count == rows - faulty)
        told["undo"] = timed(lambda: carried_out(imports.ask_to_undo(by=by, imported=imported)))
        expect(imported, "undone", True)
    return told


def sent(rows: int, by: Any) -> Any:
    """A table sent by the officer."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from portal.kernel import imports, uploads

    content = table(rows, f"{time.time_ns() % 10**9}")
    staged = uploads.stage(SimpleUploadedFile("一覧.xlsx", content), by=by, accept=uploads.SHEETS)
    return imports.open_import(by=by, kind="communities", place=AREA, file=staged)


def carried_out(imported: Any) -> None:
    """Do the job that was asked for, as a worker would."""
    from portal.kernel import jobs
    from portal.kernel.models import Job

    if not jobs.run(Job.objects.get(key=imported.job_key).pk):
        raise SystemExit("処理が終わりませんでした。")
    imported.refresh_from_db()


def expect(imported: Any, state: str, fits: bool) -> None:
    """A figure of work that was not done is none."""
    if imported.state != state or not fits:
        counts = f"{imported.row_count}行、直すところ{imported.faulty_count}行、登録{imported.made_count}"
        raise SystemExit(f"{state}になりませんでした: {counts} {imported.problem}")


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(int(sys.argv[1]))))
