"""The table of search at its size: 100,000 communities, 200,000 people, 1,000,000 events. `python -m bench.search_rows`.

Rows of the search table alone, in a database of their own, as the role that owns it: its indexes are made after the
rows, as after a restore. The same number gives the same row.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

import django

COMMUNITIES, PEOPLE, EVENTS = 100_000, 200_000, 1_000_000
PIECE = 20_000
RARE, MEDIUM, COMMON = "狼煙", "蕎麦打ち", "子ども"
EXACT = "里山の子どもを語る会 012345"
PLACES = "駅前 川べり 里山 海辺 商店街 団地 港 田んぼ 公園 坂道 学校 用水 市場 図書館".split()
THINGS = "花 本 音楽 写真 自転車 食堂 見守り 防災 子ども 縁側 手仕事 落語 英語 囲碁 体操".split()
DOINGS = "をつくる会 を語る会 を歩く会 をつなぐ会 を育てる会 を伝える会 をひらく会".split()
FAMILIES = "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤 吉田 山田 長谷川 五十嵐".split()
GIVENS = "里帆 健太 美咲 翔 花子 一郎 陽菜 蓮 結衣 大輔 葵 誠 真由美 隆".split()


def texts() -> Iterator[tuple[str, str, str, int]]:
    """(kind, title, body, number) of every row."""
    for number in range(COMMUNITIES):
        place, thing = PLACES[number % 14], THINGS[number // 3 % 15]
        title = EXACT if number == 12_345 else f"{place}の{thing}{DOINGS[number % 7]} {number:06d}"
        yield "community", title, f"{place}で{thing}にかかわる人が、月に一度あつまって話しています。", number
    for number in range(PEOPLE):
        name = f"{FAMILIES[number % 14]} {GIVENS[number // 14 % 14]} {number:06d}"
        yield (
            "person",
            name,
            f"{THINGS[number % 15]}が得意です。{PLACES[number // 5 % 14]}で動いています。",
            number,
        )
    for number in range(EVENTS):
        place, thing = PLACES[number % 14], THINGS[number // 3 % 15]
        word = RARE if number % 20_000 == 7 else MEDIUM if number % 125 == 3 else ""
        yield "event", f"{thing}の日 {number:07d}", f"{place}の集会所で{thing}を試します。{word}", number


def main() -> None:
    from django.db import connection, transaction

    from portal.kernel import clock, search
    from portal.kernel.search_models import SearchEntry
    from portal.site.demo.scale import copy

    now, kept = clock.now(), SearchEntry._meta.indexes

    def entry(kind: str, title: str, body: str, number: int) -> SearchEntry:
        happens_at = now + timedelta(minutes=number - EVENTS // 2) if kind == "event" else None
        made = search.Entry(
            kind=kind,
            object_id=f"{kind}-{number}",
            audience=["public"] if number % 10 else ["area:151050"],
            title=title,
            body=body,
            happens_at=happens_at,
            weight={"community": 40, "person": 20, "event": 20}[kind],
        )
        row = search.row_of(made)
        row.updated_at = now - timedelta(seconds=number)
        return row

    with transaction.atomic(), connection.schema_editor() as editor:
        for index in kept:
            editor.remove_index(SearchEntry, index)
    waiting = texts()
    while piece := list(islice(waiting, PIECE)):
        copy(SearchEntry, (entry(*text) for text in piece))
    with transaction.atomic(), connection.schema_editor() as editor:
        editor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for index in kept:
            editor.add_index(SearchEntry, index)


if __name__ == "__main__":
    django.setup()
    main()
