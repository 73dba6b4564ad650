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
    return el("div", el("table", inside, class_="calendar"), class_="calendar-wrap")


def _day(day: Any, place: int) -> SafeString:
    on, holiday = day["date"], day.get("holiday", "")
    look = classes(
        "is-red" if place == 0 or holiday else "is-sat" if place == 6 else "", "is-off" if day.get("off") else "",
        "is-out" if day.get("out") else "", "is-today" if on == clock.today_jst() else "",
    )
    number = el("b", join([f"{on.month}/" if day.get("out") else "", on.day]))
    name = el("span", holiday, class_="small") if holiday else mark_safe("")
    marks = [
        el("a" if url else "span", text, href=url or None, class_=classes("mark", MARKS[kind]))
        for text, url, kind in day.get("marks", ())
    ]
    return el("td", join([number, name, *marks]), class_=look.strip() or None)
