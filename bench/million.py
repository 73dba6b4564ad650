"""A million events: the pages over them against the same pages over few.

Lists and searches show the same number of rows whatever there is: they are compared with 1,000 events. Calendars show what
happens around now: they are compared with 16,000 events, which fill the same months (see event_rows).
"""

from collections.abc import Iterator

from .databases import Database
from .figures import Figure, compared
from .pages import Fetch, addresses, in_turn, of, quoted
from .servers import Visitor, serving

MANY, NEAR = 1_000_000, 16_000
LIMIT = 1.2


def figures(many: Database, near: Database, few: Database, rounds: int) -> Iterator[Figure]:
    """Everything at 1,000,000 events; three servers run at once."""
    with serving(many) as at_many, serving(near) as at_near, serving(few) as at_few:
        yield from beside_few(at_many, at_few, addresses(many), addresses(few), rounds)
        yield from beside_near(at_many, at_near, rounds)
        yield deep(at_many, addresses(many), rounds)


def beside_few(
    many: Visitor, few: Visitor, at_many: dict[str, str], at_few: dict[str, str], rounds: int
) -> Iterator[Figure]:
    """Pages with the same number of rows at 1,000,000 and at 1,000 events."""
    rare = quoted("/search/?q=タイトル未定")
    pages = {
        "list": ("イベントの一覧", "/events/", "/events/"),
        "ward-list": ("区のイベントの一覧", "/events/?area=151050", "/events/?area=151050"),
        "page": ("イベントの画面", at_many["event"], at_few["event"]),
        "search": ("検索(めずらしい言葉)", rare, rare),
    }
    yield from _pairs(many, few, pages, "100万 / 1千", rounds, LIMIT)
    words = {"common": ("検索(多すぎる言葉)", *[quoted("/search/?q=計測用")] * 2)}
    yield from _pairs(many, few, words, "100万 / 1千", max(rounds // 4, 5), None)


def beside_near(many: Visitor, near: Visitor, rounds: int) -> Iterator[Figure]:
    """Pages of what happens around now at 1,000,000 and at 16,000 events: the same entries on both."""
    pages = {
        name: (title, path, path)
        for name, title, path in (
            ("calendar", "区の暦", "/wards/akiha/calendar/"),
            ("archive", "終わったイベントの一覧", "/events/archive/?area=151050"),
            ("ward-page", "区の画面", "/wards/akiha/"),
            ("ics", "区のカレンダー(ics)", "/wards/akiha/events.ics"),
            ("all-ics", "すべてのカレンダー(ics)", "/events.ics"),
        )
    }
    for _, path, _ in pages.values():
        _same_entries(many, near, path)
    yield from _pairs(many, near, pages, "100万 / 1.6万", max(rounds // 3, 5), LIMIT)


def deep(many: Visitor, at: dict[str, str], rounds: int) -> Figure:
    """The list 80,000 events deep against its first page."""
    path = at["deep_events"]
    if at["deep_event_holds"].encode() not in many.fetch(path)[1]:
        raise SystemExit("8万件目の画面に、8万件目がありません。")
    far, first = in_turn(rounds, of(many, path), of(many, "/events/"))
    return compared("million-depth", "イベントの一覧 8万件目 / 先頭", far, first, limit=1.3)


def _pairs(
    many: Visitor,
    few: Visitor,
    pages: dict[str, tuple[str, str, str]],
    sizes: str,
    rounds: int,
    limit: float | None,
) -> Iterator[Figure]:
    fetches: list[Fetch] = []
    for _, at_many, at_few in pages.values():
        fetches += [of(many, at_many), of(few, at_few)]
    times = in_turn(rounds, *fetches)
    for place, (name, (title, *_)) in enumerate(pages.items()):
        yield compared(
            f"million-{name}", f"{title} {sizes}", times[2 * place], times[2 * place + 1], limit=limit
        )


def _same_entries(many: Visitor, near: Visitor, path: str) -> None:
    """A page that shows more is no measure of size. Raises SystemExit when they differ by more than a twentieth."""
    if not path.endswith(".ics"):
        return
    one, other = (visitor.fetch(path)[1].count(b"BEGIN:VEVENT") for visitor in (many, near))
    if abs(one - other) > other / 20:
        raise SystemExit(f"{path}: {one}件と{other}件では、くらべられません。")
