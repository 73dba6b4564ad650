"""A month on one sheet, for hub staff and rooms. On a phone a list stands in its place."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from portal.kernel import clock

from .html import classes, el, join, sr

register = template.Library()

HEADS = (("日", "is-red"), ("月", ""), ("火", ""), ("水", ""), ("木", ""), ("金", ""), ("土", "is-sat"))
MARKS = {"": "", "talk": "mark--talk", "doc": "mark--doc"}


@register.simple_tag
def month_calendar(weeks: Any, *, label: str) -> SafeString:
    """Weeks of seven days from Sunday. A day: {date, marks: [(text, url, kind)], holiday: "", off, out}."""
    top = el("tr", join(el("th", name, scope="col", class_=kind or None) for name, kind in HEADS))
    rows = join(el("tr", join(_day(day, place) for place, day in enumerate(week))) for week in weeks)
    inside = join([el("caption", sr(label)), el("thead", top), el("tbody", rows)])
    sheet = el("div", el("table", inside, class_="calendar"), class_="calendar-wrap")
    return join([sheet, _as_list(weeks, label)])


def _as_list(weeks: Any, label: str) -> SafeString:
    """The days that have something, for a phone."""
    from portal.kernel.templatetags import fmt

    days = [day for week in weeks for day in week if day.get("marks") and not day.get("out")]
    if not days:
        return el("p", "この月の予定はまだありません。", class_="calendar-list muted")
    rows = [el("li", join([el("b", fmt.jday(day["date"])), el("div", join(_marks(day)))])) for day in days]
    return el("ul", join(rows), class_="calendar-list", aria_label=label)


def _day(day: Any, place: int) -> SafeString:
    on, holiday = day["date"], day.get("holiday", "")
    look = classes(
        "is-red" if place == 0 or holiday else "is-sat" if place == 6 else "",
        "is-off" if day.get("off") else "",
        "is-out" if day.get("out") else "",
        "is-today" if on == clock.today_jst() else "",
    )
    number = el("b", join([f"{on.month}/" if day.get("out") else "", on.day]))
    name = el("span", holiday, class_="small") if holiday else mark_safe("")
    return el("td", join([number, name, *_marks(day)]), class_=look.strip() or None)


def _marks(day: Any) -> list[SafeString]:
    return [
        el("a" if url else "span", text, href=url or None, class_=classes("mark", MARKS[kind]))
        for text, url, kind in day.get("marks", ())
    ]
