"""Pages against floors: fetched in turn over connections that stay open, so that noise hits all alike."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import redis

from .databases import ROOT, Database
from .figures import Figure, compared
from .servers import Visitor

WARM_UP = 8
Fetch = Callable[[], float]


@dataclass(slots=True)
class Ground:
    """Everything the page figures need: both servers, their addresses, the number of rounds."""

    big: Visitor
    small: Visitor
    at_big: Mapping[str, str]
    at_small: Mapping[str, str]
    rounds: int
    redis_url: str


def addresses(database: Database) -> dict[str, str]:
    """What bench.addresses finds in `database`."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.addresses"],
        cwd=ROOT,
        env=database.environment | {"PROCESS": "web", "PGOPTIONS": "-c statement_timeout=120s"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def in_turn(rounds: int, *fetches: Fetch) -> list[list[float]]:
    """`rounds` times one after the other; the seconds of each. The order is turned round each time."""
    for fetch in fetches:
        for _ in range(WARM_UP):
            fetch()
    times: list[list[float]] = [[] for _ in fetches]
    for number in range(rounds):
        order = list(enumerate(fetches))
        for place, fetch in order if number % 2 else reversed(order):
            times[place].append(fetch())
    return times


def of(visitor: Visitor, path: str, cookie: str = "") -> Fetch:
    """Fetch `path` and give the seconds."""
    return lambda: visitor.fetch(path, cookie)[0]


def against_floors(ground: Ground) -> Iterator[Figure]:
    """Pages against the least that Django needs for the same work, at 100,000 communities."""
    big, at = ground.big, ground.at_big
    floors = ("/floor/empty/", "/floor/list/", "/floor/list-counted/", f"/floor/detail/{at['slug']}/")
    pages = ("/layout/", "/communities/", at["detail"], "/events/", at["event"], "/wards/akiha/")
    times = in_turn(ground.rounds, *(of(big, path) for path in (*floors, *pages)))
    empty, bare, counted, one = times[:4]
    layout, communities, detail, events, event, ward = times[4:]
    bars = {"goal": 1.5, "limit": 3.0}
    yield compared("layout", "骨組みだけの画面 / 空の床", layout, empty)
    yield compared("list", "コミュニティの一覧 / 件数なしの床", communities, bare, **bars)
    yield compared("list-counted", "コミュニティの一覧 / 件数ありの床", communities, counted)
    yield compared("detail", "コミュニティの画面 / 4文の床", detail, one, **bars)
    yield compared("events", "イベントの一覧 / 件数なしの床", events, bare)
    yield compared("event", "イベントの画面 / 4文の床", event, one)
    yield compared("ward", "区の画面 / 4文の床", ward, one)
    yield compared("list-inside", "コミュニティの一覧 / 骨組みだけ", communities, layout)
    yield compared("detail-inside", "コミュニティの画面 / 骨組みだけ", detail, layout)


def with_size(ground: Ground) -> Iterator[Figure]:
    """The same pages at 100,000 against 1,000 communities."""
    officer = (ground.at_big["officer"], ground.at_small["officer"])
    pages = {
        "list": ("コミュニティの一覧", "/communities/", "/communities/", ("", "")),
        "detail": ("コミュニティの画面", ground.at_big["detail"], ground.at_small["detail"], ("", "")),
        "events": ("イベントの一覧", "/events/", "/events/", ("", "")),
        "event": ("イベントの画面", ground.at_big["event"], ground.at_small["event"], ("", "")),
        "ward": ("区の画面", "/wards/akiha/", "/wards/akiha/", ("", "")),
        "home": ("ホーム", "/", "/", ("", "")),
        "search": ("検索(めずらしい言葉)", "/search/?q=タイトル未定", "/search/?q=タイトル未定", ("", "")),
        "staff": ("職員の一覧", "/staff/communities/", "/staff/communities/", officer),
    }
    fetches: list[Fetch] = []
    for _, at_big, at_small, (big_cookie, small_cookie) in pages.values():
        fetches += [
            of(ground.big, quoted(at_big), big_cookie),
            of(ground.small, quoted(at_small), small_cookie),
        ]
    times = in_turn(ground.rounds, *fetches)
    for place, (name, (title, *_)) in enumerate(pages.items()):
        big, small = times[2 * place], times[2 * place + 1]
        yield compared(f"size-{name}", f"{title} 10万 / 1千", big, small, limit=1.2)


def deep(ground: Ground) -> Iterator[Figure]:
    """The list 80,000 rows deep against its first page."""
    path = ground.at_big["deep"]
    _, page = ground.big.fetch(path)
    if ground.at_big["deep_holds"].encode() not in page:
        raise SystemExit("8万件目の画面に、8万件目がありません。")
    far, first = in_turn(ground.rounds, of(ground.big, path), of(ground.big, "/communities/"))
    yield compared("depth", "コミュニティの一覧 8万件目 / 先頭", far, first, limit=1.3)


def after_flush(ground: Ground) -> Iterator[Figure]:
    """The first request after the cache was emptied against the next one."""
    client = redis.from_url(ground.redis_url)
    for name, title, path in (
        ("flush-list", "コミュニティの一覧", "/communities/"),
        ("flush-detail", "コミュニティの画面", ground.at_big["detail"]),
    ):
        cold, warm = [], []
        for _ in range(max(ground.rounds // 3, 5)):
            client.flushall()
            cold.append(ground.big.fetch(path)[0])
            warm.append(ground.big.fetch(path)[0])
        yield compared(name, f"{title} キャッシュを空にした直後 / 次", cold, warm, limit=2.0)


def quoted(path: str) -> str:
    """Japanese in an address, as a browser sends it."""
    from urllib.parse import quote

    return quote(path, safe="/?=&%")
