"""How dates, times and money read on the screen. Instants are shown in Japan's time. None and "" read as nothing."""

from datetime import date, datetime
from typing import Any

from django import template

from portal.kernel import clock, fiscal, money

register = template.Library()


def local_day(value: date | datetime) -> date:
    """The day in Japan of a date or an instant."""
    return _local(value).date() if isinstance(value, datetime) else value


@register.filter
def yen(value: Any) -> str:
    """1234 → 1,234円."""
    return "" if value in (None, "") else money.yen(int(value))


@register.filter
def num(value: Any) -> str:
    """1234 → 1,234."""
    return "" if value in (None, "") else f"{int(value):,}"


@register.filter
def quoted(value: object) -> str:
    """A name in 「」; a name that brings its own keeps them: 「タイトル未定」 is not quoted twice."""
    text = str(value)
    own = text.startswith("「") and text.endswith("」") and "「" not in text[1:]
    return text if own else f"「{text}」"


@register.filter
def jdate(value: date | datetime | None) -> str:
    """2026年(令和8年)4月1日(水)."""
    if not value:
        return ""
    day = local_day(value)
    return f"{day.year}年({fiscal.wareki_year(day)}){jday(day)}"


@register.filter
def jday(value: date | datetime | None) -> str:
    """4月1日(水)."""
    if not value:
        return ""
    day = local_day(value)
    return f"{day.month}月{day.day}日({fiscal.weekday_ja(day)})"


@register.filter
def wareki(value: date | datetime | None) -> str:
    """令和8年4月1日, the first year as 元年."""
    return fiscal.wareki(local_day(value)) if value else ""


@register.filter
def jtime(value: datetime | None) -> str:
    """18時30分; the full hour as 17時."""
    if not value:
        return ""
    at = _local(value)
    return f"{at.hour}時{at.minute:02}分" if at.minute else f"{at.hour}時"


@register.filter
def jdatetime(value: datetime | None) -> str:
    """2026年(令和8年)12月5日(土) 18時30分."""
    return f"{jdate(value)} {jtime(value)}" if value else ""


@register.filter
def jstamp(value: datetime | None) -> str:
    """12月1日 9時05分, for marks of time beside a thing. Another year than this one is named."""
    if not value:
        return ""
    at = _local(value)
    year = f"{at.year}年" if at.year != clock.today_jst().year else ""
    return f"{year}{at.month}月{at.day}日 {at.hour}時{at.minute:02}分"


@register.filter
def fiscal_year(value: int | date | datetime | None) -> str:
    """2026 or a date in it → 令和8年度."""
    if value in (None, ""):
        return ""
    year = fiscal.fiscal_year(local_day(value)) if isinstance(value, date) else int(value)
    return fiscal.FiscalYear(year).label


@register.filter
def iso(value: date | datetime | None) -> str:
    """For <time datetime>."""
    if not value:
        return ""
    return _local(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


@register.simple_tag(takes_context=True)
def punct(context: Any, text: str) -> str:
    """Our own words with the comma of the government that speaks; never for text that people wrote."""
    comma = getattr(context.get("authority"), "comma", "") or "、"
    return text if comma == "、" else text.replace("、", comma)


def _local(value: datetime) -> datetime:
    return value.astimezone(clock.JST)
