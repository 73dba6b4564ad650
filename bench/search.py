"""Search at 1,300,000 rows against the plain scan of the same table. `python -m bench.search ROUNDS` tells JSON."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import django

from .search_rows import COMMON, EXACT, MEDIUM, RARE

SCAN = """SELECT id FROM kernel_searchentry
WHERE text_key LIKE %s AND audience && ARRAY['public']::varchar[]
ORDER BY weight DESC, coalesce(happens_at, updated_at) DESC LIMIT 20"""
QUESTIONS = (
    RARE, MEDIUM, COMMON, EXACT, "音楽", "写真 公園", "防災", "商店街の食堂", "長谷川", "佐藤 里帆", "自転車の日",
    "図書館 落語", "市場", "英語 坂道", "子",
)  # fmt: skip
PUBLIC = ["public"]


def timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def first_are_right() -> None:
    """A search that is quick and wrong is no figure. Raises SystemExit."""
    from portal.kernel import search

    exact = search.find(EXACT, audience=PUBLIC).items
    if not exact or exact[0].title != EXACT:
        raise SystemExit(f"「{EXACT}」が、先頭にありません。")
    common = search.find(COMMON, audience=PUBLIC)
    if common.count_label != "1,000件以上" or not all(hit.in_title for hit in common.items):
        raise SystemExit(f"「{COMMON}」で、名前にあるものが先に出ません。")
    if search.find(RARE, audience=PUBLIC).count != 50:
        raise SystemExit(f"「{RARE}」の件数がちがいます。")


def in_turn(rounds: int, word: str) -> dict[str, Sequence[float]]:
    """The search and the plain scan, one after the other."""
    from django.db import connection

    from portal.kernel import search

    def scan() -> None:
        with connection.cursor() as cursor:
            cursor.execute(SCAN, [f"%{word}%"])
            cursor.fetchall()

    ours: list[float] = []
    plain: list[float] = []
    for _ in range(rounds):
        ours.append(timed(lambda: search.find(word, audience=PUBLIC)))
        plain.append(timed(scan))
    return {"ours": ours, "plain": plain}


def main(rounds: int) -> dict[str, Any]:
    from portal.kernel import search

    first_are_right()
    told: dict[str, Any] = {word: in_turn(max(rounds // 10, 5), word) for word in (RARE, MEDIUM, COMMON)}
    times = sorted(
        timed(lambda asked=question: search.find(asked, audience=PUBLIC))  # type: ignore[misc]
        for _ in range(rounds)
        for question in QUESTIONS
    )
    told["p95"] = times[int(len(times) * 0.95)]
    told["slowest"] = times[-1]
    return told


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(int(sys.argv[1]))))
