"""What the list of events is filtered by beside place and words: month, day, age, way to take part, fee, theme."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from portal.kernel import clock
from portal.kernel.clock import JST

from ..calculations.calendar import month_after, month_of
from ..enums.events import AgeGroup, EventFormat
from ..models import Event
from .filters import ListFilter

FREE = "free"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class EventFilter(ListFilter):
    """Read from the address, never trusted, never an error: what is not known is left out."""

    month: str = ""
    day: str = ""
    age: str = ""
    format: str = ""
    fee: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "EventFilter":
        base, data = ListFilter.of(request), request.GET
        return cls(
            area=base.area, theme=base.theme, words=base.words,
            month=_known_month(data.get("month", "")), day=_known_day(data.get("day", "")),
            age=_one_of(AgeGroup.values, data.get("age", "")), format=_one_of(EventFormat.values, data.get("format", "")),
            fee=_one_of([FREE], data.get("fee", "")),
        )  # fmt: skip

    @property
    def is_empty(self) -> bool:
        return not (self.area or self.words or self.is_narrowed)

    @property
    def is_narrowed(self) -> bool:
        """Whether one of the choices beside area and words is made."""
        return bool(self.theme or self.month or self.day or self.age or self.format or self.fee)

    def values(self) -> dict[str, str]:
        """What is chosen, by the names of the address."""
        names = {
            "area": self.area,
            "theme": self.theme,
            "q": self.words,
            "month": self.month,
            "day": self.day,
        }
        return {**names, "age": self.age, "format": self.format, "fee": self.fee}

    def address(self, **changes: str) -> str:
        """「?…」 of this filter with some values changed; the path alone when nothing is left."""
        kept = {name: value for name, value in {**self.values(), **changes}.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"

    def narrow(self, rows: QuerySet[Event]) -> QuerySet[Event]:
        """The rows that fit. Adds no query."""
        if self.theme:
            rows = rows.filter(themes__slug=self.theme)
        if self.format:
            both = {
                EventFormat.ONLINE: [EventFormat.ONLINE, EventFormat.HYBRID],
                EventFormat.ONSITE: [EventFormat.ONSITE, EventFormat.HYBRID],
            }
            rows = rows.filter(format__in=both.get(EventFormat(self.format), [self.format]))
        if self.age:
            rows = rows.filter(Q(ages=[]) | Q(ages__contains=[self.age]))
        if self.fee:
            rows = rows.filter(fee_yen=0)
        if span := self._span():
            start, end = (datetime.combine(day, time(), tzinfo=JST) for day in span)
            rows = rows.filter(starts_at__gte=start, starts_at__lt=end)
        return rows

    def _span(self) -> tuple[date, date] | None:
        if self.day:
            on = date.fromisoformat(self.day)
            return on, on + timedelta(days=1)
        if self.month:
            first = month_of(self.month, clock.today_jst())
            return first, month_after(first)
        return None


def choices(
    chosen: EventFilter, themes: list[tuple[str, str]]
) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """The selects of the filter: (name, label, [(value, label, chosen)])."""
    first = clock.today_jst().replace(day=1)
    months = [month_after(first, step) for step in range(MONTHS)]
    lists = (
        ("month", "月", [(f"{day:%Y-%m}", f"{day.year}年{day.month}月") for day in months]),
        ("age", "年代", list(AgeGroup.choices)), ("format", "開催のしかた", list(EventFormat.choices)),
        ("fee", "参加費", [(FREE, "無料")]), ("theme", "テーマ", themes),
    )  # fmt: skip
    now = chosen.values()
    if chosen.words and chosen.theme and not themes:
        lists = (*lists[:-1], ("theme", "テーマ", [(chosen.theme, chosen.theme)]))
    return [
        (
            name,
            label,
            [("", "すべて", not now[name]), *((value, text, value == now[name]) for value, text in rows)],
        )
        for name, label, rows in lists
    ]


def _one_of(known: list[str], value: str) -> str:
    return value if value in known else ""


def _known_month(value: str) -> str:
    first = month_of(value, date(1, 1, 1))
    return f"{first:%Y-%m}" if first.year > 1 else ""


def _known_day(value: str) -> str:
    try:
        on = date.fromisoformat(value)
    except ValueError:
        return ""
    return on.isoformat() if 2000 <= on.year <= 2099 else ""
